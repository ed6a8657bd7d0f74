import { runGateway } from '@orders/runtime';
import { addRoutes } from './generated/gateway.js';

await runGateway({
  name: 'orders',
  applicationId: 'orders-service',
  defaultPort: 8080,
  addRoutes,
});
