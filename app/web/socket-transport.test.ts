import { createServer } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';
import { rpcSuite } from '#shared/rpc/rpc-suite.ts';
import { createSocketTransport } from '#shared/rpc/socket-transport.ts';

rpcSuite('a WebSocket on 127.0.0.1', async () => {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(address && typeof address === 'object' ? address.port : 0);
    });
  });
  const accepted = new Promise<WebSocket>((resolve) => sockets.once('connection', resolve));
  const opened = new WebSocket(`ws://127.0.0.1:${port}/`);
  await new Promise((resolve) => opened.once('open', resolve));
  const other = await accepted;
  return {
    client: createSocketTransport(opened),
    host: createSocketTransport(other),
    async dispose() {
      opened.terminate();
      other.terminate();
      sockets.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
});
