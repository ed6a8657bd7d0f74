import { createPortTransport } from '#shared/rpc/port-transport.ts';
import { rpcSuite } from '#shared/rpc/rpc-suite.ts';
import { createFakePortPair } from './fake-electron.ts';
import { createMainPortTransport } from './main-port-transport.ts';

rpcSuite('an Electron message channel', async () => {
  const { page, main } = createFakePortPair();
  const client = createPortTransport(page);
  const host = createMainPortTransport(main);
  return {
    client,
    host,
    async dispose() {
      client.close();
      host.close();
    },
  };
});
