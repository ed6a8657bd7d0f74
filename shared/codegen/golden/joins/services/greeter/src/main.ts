import { runService } from '@joins/runtime';
import { buildTopology } from './generated/topology.js';

await runService({
  name: 'greeter',
  applicationId: 'greeter',
  defaultPort: 8081,
  processingGuarantee: 'at_least_once',
  topology: buildTopology(),
});
