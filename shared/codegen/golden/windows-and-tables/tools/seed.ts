import { createTopics } from './lib/create-topics.js';
import { runTool } from './lib/run-tool.js';
import { seed } from './lib/seed.js';

await runTool(async () => {
  await createTopics();
  await seed();
});
