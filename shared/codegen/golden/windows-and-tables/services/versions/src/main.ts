import { runService } from '@windows-and-tables/runtime';
import { addRoutes } from './generated/gateway.js';
import { buildTopology } from './generated/topology.js';

await runService({
  name: 'versions',
  applicationId: 'versions',
  defaultPort: 8082,
  processingGuarantee: 'at_least_once',
  topology: buildTopology(),
  addRoutes,
});
