import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';

/** One real broker that can be broken. */
export interface LocalBroker {
  readonly id: number;
  /** Shuts the broker down in order. */
  stop(): Promise<void>;
  /** Sends a signal, by default SIGKILL. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  restart(): Promise<void>;
}

export interface LocalBrokers {
  readonly folder: string;
  readonly bootstrapServers: readonly string[];
  readonly brokers: readonly LocalBroker[];
  stop(): Promise<void>;
}

interface ClusterTool {
  startLocalCluster(options: {
    brokers: number;
    properties: Record<string, string>;
    signal: AbortSignal;
    dataDir?: string;
  }): Promise<LocalBrokers>;
}

/** How long the controller waits before it takes a silent broker's partitions away. */
export const BROKER_SESSION_MS = 3_000;

/** The tool belongs to the repository, not to this package, so it is found at run time. */
export async function startBrokers(
  count: number,
  options: { readonly signal: AbortSignal; readonly dataDir: string | null },
): Promise<LocalBrokers> {
  const tool: ClusterTool = await import(new URL('../../tools/kafka/local-cluster.ts', import.meta.url).href);
  return tool.startLocalCluster({
    brokers: count,
    signal: options.signal,
    properties: {
      'min.insync.replicas': String(Math.min(2, count)),
      'broker.session.timeout.ms': String(BROKER_SESSION_MS),
      'broker.heartbeat.interval.ms': '500',
      'offsets.topic.num.partitions': '3',
      'transaction.state.log.num.partitions': '3',
    },
    ...(options.dataDir === null ? {} : { dataDir: options.dataDir }),
  });
}

/** A restart begins the broker's log anew, so what is to be read later is copied first. */
export async function keepBrokerLog(brokers: LocalBrokers, id: number, target: string): Promise<void> {
  await mkdir(path.dirname(target), { recursive: true });
  await copyFile(path.join(brokers.folder, `broker-${id}.log`), target);
}
