import { topics } from '@orders/events';
import { deadLettersTo, runService } from '@orders/runtime';
import { addRoutes } from './generated/gateway.js';
import { buildTopology } from './generated/topology.js';

await runService({
  name: 'orders-view',
  applicationId: 'orders-view',
  defaultPort: 8086,
  processingGuarantee: 'at_least_once',
  isolationLevel: 'read_committed',
  errorHandling: deadLettersTo(topics.deadLetters.name),
  topology: buildTopology(),
  addRoutes,
});
