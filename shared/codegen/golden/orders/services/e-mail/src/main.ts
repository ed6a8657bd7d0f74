import { topics } from '@orders/events';
import { deadLettersTo, runService } from '@orders/runtime';
import type { Handlers } from './generated/handlers.js';
import { buildTopology } from './generated/topology.js';
import { sendReceipt } from './handlers/send-receipt.js';

const handlers: Handlers = { sendReceipt };

await runService({
  name: 'e-mail',
  applicationId: 'email-service',
  defaultPort: 8085,
  processingGuarantee: 'at_least_once',
  isolationLevel: 'read_committed',
  errorHandling: deadLettersTo(topics.deadLetters.name),
  topology: buildTopology(handlers),
});
