import { runService } from '@aggregates/runtime';
import { buildTopology } from './generated/topology.js';

await runService({
  name: 'counter',
  applicationId: 'counter',
  defaultPort: 8080,
  processingGuarantee: 'at_least_once',
  topology: buildTopology(),
});
