import { createTopics } from './lib/create-topics.js';
import { runTool } from './lib/run-tool.js';

await runTool(createTopics);
