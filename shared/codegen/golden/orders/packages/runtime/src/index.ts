export * from './config.js';
export * from './gateway.js';
export * from './run-service.js';
export * from './dead-letters.js';
export * from './expressions.js';
