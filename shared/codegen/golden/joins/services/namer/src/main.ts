import { runService } from '@joins/runtime';
import { buildTopology } from './generated/topology.js';

await runService({
  name: 'namer',
  applicationId: 'namer',
  defaultPort: 8080,
  processingGuarantee: 'at_least_once',
  topology: buildTopology(),
});
