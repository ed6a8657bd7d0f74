import type { Server } from 'node:http';
import { UsageError } from '../usage-error.ts';
import type { DevServer } from './dev-server.ts';
import { openBrowser } from './open-browser.ts';
import { startWebHost, type WebHost } from './web-host.ts';
import type { WebProgramOptions } from './web-options.ts';

/** Starts the web host, prints its address as the only line on standard output, and serves until it is ended. */
export async function runWebProgram(
  options: WebProgramOptions,
  devServer?: (server: Server) => Promise<DevServer>,
): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, resolve);
  });
  const host = await start(options, devServer);
  process.stdout.write(`Millstream is at ${host.url}\n`);
  if (options.openBrowser) {
    openBrowser(host.url, () =>
      console.error('No browser could be opened; open the address above yourself.'),
    );
  }
  await ended;
  await host.close();
}

async function start(
  options: WebProgramOptions,
  devServer: ((server: Server) => Promise<DevServer>) | undefined,
): Promise<WebHost> {
  try {
    return await startWebHost({ ...options, ...(devServer ? { devServer } : {}) });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'EADDRINUSE') {
      throw new UsageError(`Port ${options.port} is taken; choose another with --port, or leave it out.`);
    }
    if (code === 'EACCES') throw new UsageError(`Port ${options.port} needs rights that you do not have.`);
    throw error;
  }
}
