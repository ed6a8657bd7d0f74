/** `tools/create-topics.ts` of a generated project. */
export const createTopicsSource = `import { createTopics } from './lib/create-topics.js';
import { runTool } from './lib/run-tool.js';

await runTool(createTopics);
`;
