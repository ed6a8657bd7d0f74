import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { UsageError } from '#app/usage-error.ts';
import { parseDesign } from '#shared/design/parse-design.ts';
import { isPortFree } from '../kafka/free-port.ts';
import { startLocalCluster } from '../kafka/local-cluster.ts';
import { type RunningGroup, runStep, startGroup } from './child-groups.ts';

export interface OrdersOnKafka {
  readonly bootstrap: string;
  /** Ends the feeds, the services and the broker. */
  stop(): Promise<void>;
}

export interface OrdersOnKafkaOptions {
  readonly root: string;
  /** The design's file. */
  readonly design: string;
  readonly say: (line: string) => void;
  /** Aborted when the user ends the demo before it has started; all that runs by then is ended. */
  readonly signal: AbortSignal;
}

/** The feeds that go on for as long as the demo runs; the others are sent once by `npm start`. */
const lastingFeeds = ['orders-from-the-shop', 'payments', 'deliveries'];

/** Starts Apache Kafka, makes and starts the Orders services, and lets orders come in through the gateway. */
export async function startOrdersOnKafka(options: OrdersOnKafkaOptions): Promise<OrdersOnKafka> {
  const { root, design, say, signal } = options;
  const folder = path.join(root, '.local/demo/services');
  const groups: RunningGroup[] = [];
  say('starting Apache Kafka 4.3.1…');
  const kafka = await startLocalCluster({ signal });
  const bootstrap = kafka.bootstrapServers.join(',');
  const stop = async (): Promise<void> => {
    await Promise.all(groups.map((group) => group.stop()));
    await kafka.stop();
  };
  try {
    await makeServices(options, folder);
    const processes = await countInstances(design);
    const firstPort = await findFreeRow(processes);
    say(`starting the services, ${processes} processes…`);
    const env = { KAFKA_BOOTSTRAP: bootstrap, FIRST_PORT: String(firstPort) };
    const running = startGroup(
      process.execPath,
      ['--disable-warning=TimeoutNegativeWarning', 'tools/dist/start.js'],
      { cwd: folder, env },
    );
    groups.push(running);
    await untilReady(processes, firstPort, running, signal);
    for (const feed of lastingFeeds) {
      groups.push(startGroup(process.execPath, ['tools/dist/feed.js', '--feed', feed], { cwd: folder, env }));
    }
    say(`Kafka is at ${bootstrap}; orders can be posted to http://127.0.0.1:${firstPort}/orders`);
    return { bootstrap, stop };
  } catch (error) {
    await stop();
    throw signal.aborted ? signal.reason : error;
  }
}

async function makeServices(
  { root, design, say, signal }: OrdersOnKafkaOptions,
  folder: string,
): Promise<void> {
  const cli = ['--conditions=millstream-source', path.join(root, 'app/cli/main.ts')];
  say('generating the services…');
  const generate = [...cli, 'generate', design, '--target', 'typescript', '--out', folder];
  await runStep(process.execPath, generate, { cwd: root, signal });
  say('installing and building them…');
  await runStep('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: folder, signal });
  await runStep('npm', ['run', 'build'], { cwd: folder, signal });
}

async function countInstances(design: string): Promise<number> {
  const parsed = parseDesign(await readFile(design, 'utf8'));
  if (parsed.ok) return parsed.value.services.reduce((sum, { instances }) => sum + instances, 0);
  throw new UsageError(`The design ${design} cannot be read: ${parsed.error[0]?.message ?? 'it is broken.'}`);
}

/** Resolves when every instance says that it is ready; each has a port of its own, counted from the first. */
async function untilReady(
  processes: number,
  firstPort: number,
  running: RunningGroup,
  signal: AbortSignal,
): Promise<void> {
  const ports = Array.from({ length: processes }, (_, index) => firstPort + index);
  const late = Date.now() + 90_000;
  for (let waiting = ports; waiting.length > 0; await pause(200)) {
    signal.throwIfAborted();
    if (running.ended || Date.now() > late) {
      throw new Error(`The services did not start; they said: ${running.lastLines(5)}`);
    }
    const ready = await Promise.all(waiting.map(isReady));
    waiting = waiting.filter((_, index) => !ready[index]);
  }
}

async function isReady(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(2_000) });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}

/** The first of so many free ports in a row. */
async function findFreeRow(length: number): Promise<number> {
  for (let first = 18_080; first < 30_000; first += length) {
    const row = Array.from({ length }, (_, index) => first + index);
    if ((await Promise.all(row.map(isPortFree))).every(Boolean)) return first;
  }
  throw new Error(`No ${length} free ports in a row were found on 127.0.0.1.`);
}
