import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createServer } from 'vite';

const root = path.resolve(import.meta.dirname, '..');

// The user interface from Vite, reloaded on every change, inside whichever host this machine can run.
const server = await createServer({
  configFile: path.join(root, 'vite.config.ts'),
  clearScreen: false,
  server: { host: '127.0.0.1', port: 0 },
});
await server.listen();
const address = server.resolvedUrls?.local[0];
if (address === undefined) throw new Error('The Vite server listens, but has no address.');

const host = startHost(address);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => host.kill('SIGTERM'));
host.once('exit', async (code, signal) => {
  await server.close();
  process.exit(signal ? 0 : (code ?? 0));
});

function startHost(devServer: string): ChildProcess {
  const electron = findElectron();
  if (electron) {
    const env = { ...process.env, NODE_OPTIONS: '--conditions=millstream-source' };
    return start(electron, [path.join(root, 'app/electron/main.ts'), '--dev-server', devServer], env);
  }
  console.log('Electron has no binary here, so the web host runs instead: the same window, in a browser.');
  const args = [
    '--conditions=millstream-source',
    path.join(root, 'app/web/main.ts'),
    '--dev-server',
    devServer,
  ];
  return start(process.execPath, args, process.env);
}

// Electron's package fetches its binary separately, and some machines cannot.
function findElectron(): string | undefined {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(root, 'node_modules/electron/dist');
  const names = ['electron', 'electron.exe', 'Electron.app/Contents/MacOS/Electron'];
  return names.map((name) => path.join(folder, name)).find((file) => existsSync(file));
}

function start(command: string, args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(command, args, { cwd: root, env, stdio: 'inherit' });
}
