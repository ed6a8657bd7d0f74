import { topics } from '@windows-and-tables/events';
import { deadLettersTo, runService } from '@windows-and-tables/runtime';
import { buildTopology } from './generated/topology.js';

await runService({
  name: 'pairs',
  applicationId: 'pairs',
  defaultPort: 8083,
  processingGuarantee: 'at_least_once',
  errorHandling: deadLettersTo(topics.deadLetters.name),
  topology: buildTopology(),
});
