import { emptyDesign } from '#shared/design/create.ts';
import { testClusterPort } from '../cluster-port-suite.ts';
import { Sandbox } from './sandbox.ts';

testClusterPort('the sandbox', { transactions: false, trimming: false }, async () => {
  const sandbox = new Sandbox(emptyDesign('Empty'), { startAt: Date.now(), realTime: true });
  return { port: sandbox.port, close: () => sandbox.port.close() };
});
