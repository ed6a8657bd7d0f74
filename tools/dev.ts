import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { build, createBuilder } from 'vite';
import { findElectronBinary } from '#app/electron/find-binary.ts';

const root = path.resolve(import.meta.dirname, '..');
const args = process.argv.slice(2);
const electron = findElectronBinary();

// The window from its sources, in whichever host this machine can run.
const host = electron ? await startElectron(electron) : startWebHost();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => host.kill('SIGTERM'));
const [code] = (await once(host, 'exit')) as [number | null];
process.exit(code ?? 0);

/** Electron loads built files only, so they are built, and the page is built again whenever a source changes. */
async function startElectron(binary: string): Promise<ChildProcess> {
  const builder = await createBuilder({ configFile: path.join(root, 'app/electron/vite.config.ts') });
  await builder.buildApp();
  const watcher = await build({
    configFile: path.join(root, 'vite.config.ts'),
    root: path.join(root, 'renderer'),
    build: { watch: {} },
  });
  if (!('on' in watcher)) throw new Error('Vite was asked to watch, and built once.');
  await new Promise<void>((resolve, reject) => {
    watcher.on('event', (event) => {
      if (event.code === 'END') resolve();
      if (event.code === 'ERROR') reject(event.error);
    });
  });
  console.log('The page is built again on every change: reload the window to see it.');
  return start(binary, [path.join(root, 'dist/electron/main.js'), ...args]);
}

function startWebHost(): ChildProcess {
  console.log('Electron has no binary here, so the web host runs instead: the same window, in a browser.');
  const program = path.join(root, 'app/web/dev.ts');
  return start(process.execPath, ['--conditions=millstream-source', program, ...args]);
}

function start(command: string, commandArgs: readonly string[]): ChildProcess {
  return spawn(command, commandArgs, { stdio: 'inherit' });
}
