import { runService } from '@class-x/runtime';
import { buildTopology } from './generated/topology.js';

await runService({
  name: 'two',
  applicationId: 'two',
  defaultPort: 8081,
  processingGuarantee: 'at_least_once',
  topology: buildTopology(),
});
