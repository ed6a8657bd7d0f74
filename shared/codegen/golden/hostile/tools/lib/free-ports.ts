import { createServer } from 'node:net';
import { Failure } from './run-tool.js';
import type { ServiceInstance } from './services.js';

/** Fails when another program has the port of an instance: it would answer in the service's place. */
export async function assertPortsFree(instances: readonly ServiceInstance[]): Promise<void> {
  for (const { label, port } of instances) {
    if (await isFree(port)) continue;
    throw new Failure(
      `Port ${port}, where ${label} would answer, is taken: end the other program, ` +
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
