export * from './types.js';
export * from './check.js';
export * from './schema-checks.js';
export * from './topics.js';
