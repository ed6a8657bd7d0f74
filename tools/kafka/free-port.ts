import { createServer, type Server } from 'node:net';

// Below the range systems give to outgoing connections (32768 up on Linux, 49152 up elsewhere): a broker
// that is stopped and started again must find its port still free.
const LOWEST_PORT = 12_000;
const PORT_COUNT = 20_000;
const ATTEMPTS = 200;

/** Distinct ports of 127.0.0.1 that nothing listened on a moment ago. */
export async function findFreePorts(count: number): Promise<number[]> {
  const held = new Map<number, Server>();
  try {
    for (let attempt = 0; held.size < count && attempt < ATTEMPTS; attempt += 1) {
      const port = LOWEST_PORT + Math.floor(Math.random() * PORT_COUNT);
      const server = held.has(port) ? undefined : await listenOn(port);
      if (server) held.set(port, server);
    }
    if (held.size < count) throw new Error(`No ${count} free ports were found on 127.0.0.1.`);
    return [...held.keys()];
  } finally {
    await Promise.all([...held.values()].map(close));
  }
}

export async function isPortFree(port: number): Promise<boolean> {
  const server = await listenOn(port);
  if (!server) return false;
  await close(server);
  return true;
}

function listenOn(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
