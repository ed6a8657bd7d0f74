import { runService } from '@gateway/runtime';
import { addRoutes } from './generated/gateway.js';
import { buildTopology } from './generated/topology.js';

await runService({
  name: 'door',
  applicationId: 'door',
  defaultPort: 8080,
  processingGuarantee: 'at_least_once',
  topology: buildTopology(),
  addRoutes,
});
