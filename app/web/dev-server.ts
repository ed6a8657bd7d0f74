import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import path from 'node:path';

/** Serves the user interface from its sources in place of the built files. */
export interface DevServer {
  handle(request: IncomingMessage, response: ServerResponse): void;
  close(): Promise<void>;
}

/** Vite inside the web host's own server, so that the page, its reload socket and the pipe share one origin. */
export async function startDevServer(server: Server, root: string): Promise<DevServer> {
  const { createServer } = await import('vite');
  const vite = await createServer({
    configFile: path.join(root, 'vite.config.ts'),
    root: path.join(root, 'renderer'),
    appType: 'spa',
    server: {
      middlewareMode: true,
      hmr: { server },
      cors: false,
      allowedHosts: ['127.0.0.1', 'localhost'],
    },
  });
  return {
    handle: (request, response) => vite.middlewares(request, response),
    close: () => vite.close(),
  };
}
