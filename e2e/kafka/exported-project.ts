import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isPortFree } from '#tools/kafka/free-port.ts';
import { runOrThrow } from '../fixtures/run-command.ts';
import { descendantsOf, isRunning, listProcesses } from './process-tree.ts';

const root = path.resolve(import.meta.dirname, '../..');
const serviceNames = [
  'orders',
  'inventory',
  'fraud',
  'order-details',
  'order-validation',
  'e-mail',
  'orders-view',
] as const;
export type ServiceName = (typeof serviceNames)[number];

/** The Orders services as they run from an export. */
export interface RunningServices {
  urlOf(name: ServiceName): string;
  pidOf(name: ServiceName): number | undefined;
  /** Resolves when the service answers that it runs, in another process than the given one. */
  waitUntilReady(name: ServiceName, otherThan?: number): Promise<number>;
  /** What `npm start` and the services have said so far. */
  log(): string;
  /** Ctrl-C, which a terminal sends to all that runs in it; gives what is left after it, which should be nothing. */
  stop(): Promise<readonly string[]>;
}

/** What a user does with the Orders design. */
export function exportOrders(folder: string): Promise<void> {
  return exportProject(path.join(root, 'examples/orders.millstream.json'), folder);
}

/** What a user does with a design: generate, install, build. */
export async function exportProject(design: string, folder: string): Promise<void> {
  const cli = path.join(root, 'app/cli/main.ts');
  const generate = ['generate', design, '--target', 'typescript', '--out', folder];
  await runOrThrow(process.execPath, ['--conditions=millstream-source', cli, ...generate], { cwd: root });
  await runOrThrow('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: folder });
  await runOrThrow('npm', ['run', 'build'], { cwd: folder });
}

/** `npm start` in an export, until every service is ready. */
export async function startServices(folder: string, bootstrap: string): Promise<RunningServices> {
  const firstPort = await findFreeRow(serviceNames.length);
  // A group of its own, so that whatever is left of it can be found and ended.
  const child = spawn('npm', ['start'], {
    cwd: folder,
    env: { ...process.env, KAFKA_BOOTSTRAP: bootstrap, FIRST_PORT: String(firstPort) },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('npm could not be started.');
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const urlOf = (name: ServiceName) => `http://127.0.0.1:${firstPort + serviceNames.indexOf(name)}`;
  const pidOf = (name: ServiceName) =>
    descendantsOf(pid).find(({ command }) => command.includes(`services/${name}/dist/src/main.js`))?.pid;
  const services: RunningServices = {
    urlOf,
    pidOf,
    log: () => said,
    stop: () => stop(child, pid),
    async waitUntilReady(name, otherThan) {
      const late = Date.now() + 60_000;
      while (Date.now() < late) {
        const now = pidOf(name);
        if (now !== undefined && now !== otherThan && (await answers(urlOf(name)))) return now;
        await pause(100);
      }
      throw new Error(`${name} was not ready within a minute:\n${said}`);
    },
  };
  try {
    await Promise.all(serviceNames.map((name) => services.waitUntilReady(name)));
  } catch (error) {
    await stop(child, pid);
    throw error;
  }
  return services;
}

async function answers(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/health`).catch(() => null);
  await answer?.body?.cancel();
  return answer?.ok === true;
}

/** Ctrl-C for a group of processes; gives what is left after it, which should be nothing. */
export async function stop(child: ChildProcess, group: number): Promise<readonly string[]> {
  if (child.exitCode === null && child.signalCode === null) process.kill(-group, 'SIGINT');
  const members = () => listProcesses().filter((each) => each.group === group);
  const late = Date.now() + 30_000;
  while (members().length > 0 && Date.now() < late) await pause(100);
  const left = members();
  for (const { pid } of left) if (isRunning(pid)) process.kill(pid, 'SIGKILL');
  return left.map(({ command }) => command);
}

/** The first of so many free ports in a row, which the export counts up from. */
export async function findFreeRow(length: number): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const first = 12_000 + Math.floor(Math.random() * 19_000);
    const row = Array.from({ length }, (_, index) => first + index);
    const free = await Promise.all(row.map(isPortFree));
    if (free.every(Boolean)) return first;
  }
  throw new Error(`No ${length} free ports in a row were found on 127.0.0.1.`);
}
