import { runService } from '@windows-and-tables/runtime';
import { addRoutes } from './generated/gateway.js';
import { buildTopology } from './generated/topology.js';

await runService({
  name: 'tables',
  applicationId: 'tables',
  defaultPort: 8081,
  processingGuarantee: 'at_least_once',
  topology: buildTopology(),
  addRoutes,
});
