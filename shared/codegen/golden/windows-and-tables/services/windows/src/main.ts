import { runService } from '@windows-and-tables/runtime';
import { buildTopology } from './generated/topology.js';

await runService({
  name: 'windows',
  applicationId: 'windows',
  defaultPort: 8080,
  processingGuarantee: 'at_least_once',
  topology: buildTopology(),
});
