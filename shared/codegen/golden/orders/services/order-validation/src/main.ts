import { topics } from '@orders/events';
import { deadLettersTo, runService } from '@orders/runtime';
import { buildTopology } from './generated/topology.js';

await runService({
  name: 'order-validation',
  applicationId: 'order-validation-service',
  defaultPort: 8084,
  processingGuarantee: 'exactly_once_v2',
  errorHandling: deadLettersTo(topics.deadLetters.name),
  topology: buildTopology(),
});
