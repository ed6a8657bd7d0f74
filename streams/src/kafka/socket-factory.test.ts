import { once } from 'node:events';
import { connect, createServer, type NetConnectOpts } from 'node:net';
import { expect, test } from 'vitest';
import { createQuietSockets } from './socket-factory.ts';

test('a socket that is gone can be let go of any number of times', async () => {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const create = createQuietSockets((options) => connect(options as NetConnectOpts));
  const socket = create({ host: '127.0.0.1', port });
  socket.resume();
  await once(socket, 'close');
  for (let times = 0; times < 20; times += 1) socket.unref();
  expect(socket.listenerCount('connect')).toBe(0);
  server.close();
});
