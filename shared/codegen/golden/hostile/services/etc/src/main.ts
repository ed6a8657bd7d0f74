import { runService } from '@class-x/runtime';
import { buildTopology } from './generated/topology.js';

await runService({
  name: 'etc',
  applicationId: 'default',
  defaultPort: 8080,
  processingGuarantee: 'at_least_once',
  topology: buildTopology(),
});
