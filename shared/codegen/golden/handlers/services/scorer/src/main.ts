import { runService } from '@handlers/runtime';
import type { Handlers } from './generated/handlers.js';
import { buildTopology } from './generated/topology.js';
import { scoreOf } from './handlers/score-of.js';
import { tell } from './handlers/tell.js';

const handlers: Handlers = { scoreOf, tell };

await runService({
  name: 'scorer',
  applicationId: 'scorer',
  defaultPort: 8080,
  processingGuarantee: 'at_least_once',
  topology: buildTopology(handlers),
});
