import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { isPortTaken } from './broker-failure.ts';
import type { BrokerProcess } from './broker-process.ts';
import type { BrokerSeat, ListenerProtocol } from './broker-properties.ts';
import { withClassArchive } from './class-archive.ts';
import {
  type ClusterPlan,
  createClusterId,
  formatBroker,
  launchBroker,
  readClusterId,
} from './cluster-launch.ts';
import { sweepAbandonedRuns, writeRunRecord } from './cluster-record.ts';
import { findFreePorts } from './free-port.ts';
import { type KafkaDistribution, prepareKafkaDistribution } from './kafka-distribution.ts';
import { LOCAL_FOLDERS } from './local-folders.ts';

export interface LocalClusterOptions {
  /** 1 when not given. */
  readonly brokers?: number;
  /** Where the data lies and stays after `stop`; without it, data is thrown away. */
  readonly dataDir?: string;
  /** Ends the cluster, also while it is starting. */
  readonly signal?: AbortSignal;
  readonly heapMb?: number;
  /** Added to every broker's `server.properties`; addresses cannot be changed. */
  readonly properties?: Record<string, string>;
  /** The client ports, one per broker; free ones are chosen when not given. */
  readonly ports?: readonly number[];
  /** Further listeners of every broker, by name (capitals), beside the plain one that brokers use among themselves. */
  readonly furtherListeners?: Readonly<Record<string, ListenerProtocol>>;
  /** Passwords of users that may log in by SCRAM, by name; only for new data. */
  readonly scramUsers?: Readonly<Record<string, string>>;
  /** True to leave the brokers running when this process ends. */
  readonly outlivesOwner?: boolean;
}

export interface LocalBroker {
  readonly id: number;
  readonly port: number;
  /** Of the JVM that runs now or ran last. */
  readonly pid: number;
  /** Shuts the broker down in order, as an operator would. */
  stop(): Promise<void>;
  /** Sends a signal, by default SIGKILL; returns when the process ended, at once for SIGSTOP and SIGCONT. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Starts the broker again on its port and data, stopping it first if it runs. */
  restart(): Promise<void>;
}

export interface LocalCluster {
  readonly clusterId: string;
  readonly folder: string;
  readonly bootstrapServers: string[];
  /** The same for each of the further listeners. */
  readonly furtherServers: Readonly<Record<string, string[]>>;
  readonly brokers: LocalBroker[];
  stop(): Promise<void>;
}

const DEFAULT_HEAP_MB = 384;
const START_ATTEMPTS = 3;
const STOP_TIME_LIMIT_MS = 20_000;

/** Starts real Kafka on 127.0.0.1 and returns when every broker serves clients. */
export async function startLocalCluster(options: LocalClusterOptions = {}): Promise<LocalCluster> {
  const kafka = await withClassArchive(await prepareKafkaDistribution());
  await sweepAbandonedRuns();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(kafka, options);
    } catch (error) {
      // Between choosing a free port and binding it, another program may have been faster.
      if (options.ports || !isPortTaken(error) || attempt === START_ATTEMPTS) throw error;
    }
  }
}

async function startOnce(kafka: KafkaDistribution, options: LocalClusterOptions): Promise<LocalCluster> {
  options.signal?.throwIfAborted();
  const plan = await planCluster(options);
  const processes = new Map<number, BrokerProcess>();
  const end = async () => {
    await Promise.all(
      [...processes.values()].map((broker) => endProcess(broker, options.dataDir !== undefined)),
    );
    await rm(plan.folder, { recursive: true, force: true });
  };
  await mkdir(plan.folder, { recursive: true });
  try {
    // Written down before anything runs, so that a start that is killed leaves nothing unknown behind.
    await recordCluster(plan, processes);
    await Promise.all(plan.seats.map((seat) => formatBroker(kafka, plan, seat)));
    await startAll(kafka, plan, processes, options.signal);
  } catch (error) {
    await end();
    throw error;
  }
  const stop = stopOnce(end);
  options.signal?.addEventListener('abort', () => void stop(), { once: true });
  return {
    clusterId: plan.clusterId,
    folder: plan.folder,
    bootstrapServers: plan.seats.map((seat) => `127.0.0.1:${seat.port}`),
    furtherServers: Object.fromEntries(
      Object.keys(plan.furtherListeners).map((name) => [
        name,
        plan.seats.map((seat) => `127.0.0.1:${seat.furtherPorts?.[name]}`),
      ]),
    ),
    brokers: plan.seats.map((seat) => toLocalBroker(kafka, plan, seat, processes)),
    stop,
  };
}

async function planCluster(options: LocalClusterOptions): Promise<ClusterPlan> {
  const count = options.ports?.length ?? options.brokers ?? 1;
  const furtherListeners = options.furtherListeners ?? {};
  const names = Object.keys(furtherListeners);
  const free = await findFreePorts((2 + names.length) * count);
  const ports = options.ports ?? free.slice(0, count);
  const dataDir = options.dataDir && path.resolve(options.dataDir);
  const clusterId = (dataDir && (await readClusterId(path.join(dataDir, 'broker-1')))) || createClusterId();
  const folder = path.join(LOCAL_FOLDERS.runs, clusterId);
  const seats = ports.map((port, index): BrokerSeat => {
    const id = index + 1;
    const controllerPort = free[count + index] ?? 0;
    return {
      id,
      port,
      controllerPort,
      furtherPorts: Object.fromEntries(
        names.map((name, nth) => [name, free[(2 + nth) * count + index] ?? 0]),
      ),
      dataDir: path.join(dataDir ?? path.join(folder, 'data'), `broker-${id}`),
    };
  });
  return {
    clusterId,
    seats,
    folder,
    heapMb: options.heapMb ?? DEFAULT_HEAP_MB,
    properties: options.properties ?? {},
    furtherListeners,
    scramUsers: options.scramUsers ?? {},
    outlivesOwner: options.outlivesOwner ?? false,
  };
}

// All at once, because a broker of three is ready only when a majority of controllers has met.
async function startAll(
  kafka: KafkaDistribution,
  plan: ClusterPlan,
  processes: Map<number, BrokerProcess>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const failed = new AbortController();
  const either = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  const starts = plan.seats.map(async (seat) => {
    try {
      processes.set(seat.id, await launchBroker(kafka, plan, seat, either));
    } catch (error) {
      failed.abort(error);
      throw error;
    }
  });
  await Promise.allSettled(starts);
  either.throwIfAborted();
  await recordCluster(plan, processes);
}

async function recordCluster(
  plan: ClusterPlan,
  processes: ReadonlyMap<number, BrokerProcess>,
): Promise<void> {
  await writeRunRecord({
    clusterId: plan.clusterId,
    ownerPid: plan.outlivesOwner ? null : process.pid,
    folder: plan.folder,
    startedAt: new Date().toISOString(),
    brokers: plan.seats.map(({ id, port }) => ({ id, port, pid: processes.get(id)?.pid ?? 0 })),
  });
}

function toLocalBroker(
  kafka: KafkaDistribution,
  plan: ClusterPlan,
  seat: BrokerSeat,
  processes: Map<number, BrokerProcess>,
): LocalBroker {
  const current = () => {
    const broker = processes.get(seat.id);
    if (!broker) throw new Error(`Broker ${seat.id} was never started.`);
    return broker;
  };
  return {
    id: seat.id,
    port: seat.port,
    get pid() {
      return current().pid;
    },
    stop: () => endProcess(current(), true),
    async kill(signal = 'SIGKILL') {
      current().signal(signal);
      if (signal !== 'SIGSTOP' && signal !== 'SIGCONT') await current().waitForEnd(STOP_TIME_LIMIT_MS);
    },
    async restart() {
      await endProcess(current(), true);
      processes.set(seat.id, await launchBroker(kafka, plan, seat));
      await recordCluster(plan, processes);
    },
  };
}

async function endProcess(broker: BrokerProcess, inOrder: boolean): Promise<void> {
  if (broker.hasEnded()) return;
  broker.signal(inOrder ? 'SIGTERM' : 'SIGKILL');
  if (await broker.waitForEnd(STOP_TIME_LIMIT_MS)) return;
  broker.signal('SIGKILL');
  await broker.waitForEnd(STOP_TIME_LIMIT_MS);
}

function stopOnce(end: () => Promise<void>): () => Promise<void> {
  let stopped: Promise<void> | undefined;
  return () => {
    stopped ??= end();
    return stopped;
  };
}
