import { createServer } from 'node:net';
import { Failure } from './run-tool.js';
import type { ServiceDescription } from './services.js';

/** Fails when another program has the port of a service: it would answer in the service's place. */
export async function assertPortsFree(services: readonly ServiceDescription[]): Promise<void> {
  for (const { name, port } of services) {
    if (await isFree(port)) continue;
    throw new Failure(
      `Port ${port}, where ${name} would answer, is taken: end the other program, ` +
        'or set FIRST_PORT to another first port.',
    );
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
