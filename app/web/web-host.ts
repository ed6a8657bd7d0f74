import { createServer, type Server } from 'node:http';
import path from 'node:path';
import type { HostDescription } from '#shared/contract/host.ts';
import { serveWindow } from '../serve-window.ts';
import { createServices } from '../services.ts';
import type { DevServer } from './dev-server.ts';
import { acceptPipes } from './pipes.ts';
import { createRequestListener } from './requests.ts';
import { createSession } from './session.ts';

export interface WebHostOptions {
  readonly folder: string;
  /** As the user wrote it, relative to `folder` or absolute. */
  readonly openAtStart: string | null;
  readonly runAtStart: HostDescription['runAtStart'];
  /** 0 or nothing: any free one. */
  readonly port?: number;
  /** Where the built user interface lies. */
  readonly webRoot?: string;
  readonly stateFolder?: string;
  readonly devServer?: (server: Server) => Promise<DevServer>;
  readonly onError?: (error: unknown, where: string) => void;
}

export interface WebHost {
  /** To be opened once: the token in it is then void. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

const builtPage = path.resolve(import.meta.dirname, '../../dist/web');

/** The user interface and its services on 127.0.0.1, for one browser of one user. */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const onError = options.onError ?? logError;
  const services = await createServices({ ...options, kind: 'web', dialogs: null, onError });
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 });
  let devServer: DevServer | null = null;
  try {
    const port = await listen(server, options.port ?? 0);
    devServer = options.devServer ? await options.devServer(server) : null;
    const session = createSession(() => port);
    const webRoot = options.webRoot ?? builtPage;
    server.on('request', createRequestListener({ port: () => port, session, webRoot, devServer, onError }));
    const pipes = acceptPipes(server, {
      port: () => port,
      session,
      developing: devServer !== null,
      onError,
      connected: (transport) => serveWindow(services, transport, onError),
    });
    return {
      url: `http://127.0.0.1:${port}/#token=${session.token}`,
      port,
      async close() {
        pipes.close();
        await devServer?.close();
        await stop(server);
        await services.close();
      },
    };
  } catch (error) {
    await devServer?.close();
    await stop(server);
    await services.close();
    throw error;
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.off('error', reject);
      const address = server.address();
      if (address && typeof address === 'object') resolve(address.port);
      else reject(new Error('The server has no port.'));
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function logError(error: unknown, where: string): void {
  console.error(`${where}:`, error);
}
