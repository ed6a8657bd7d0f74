import { runService } from '@stateless/runtime';
import { buildTopology } from './generated/topology.js';

await runService({
  name: 'router',
  applicationId: 'router',
  defaultPort: 8080,
  processingGuarantee: 'at_least_once',
  topology: buildTopology(),
});
