import { topics } from '@orders/events';
import { deadLettersTo, runService } from '@orders/runtime';
import { buildTopology } from './generated/topology.js';

await runService({
  name: 'inventory',
  applicationId: 'inventory-service',
  defaultPort: 8081,
  processingGuarantee: 'exactly_once_v2',
  errorHandling: deadLettersTo(topics.deadLetters.name),
  topology: buildTopology(),
});
