// First: the judge mends KafkaJS before the library loads it.
import './kafka-judge.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KafkaStreams } from '../src/kafka/kafka-streams.ts';
import type { KafkaStreamsConfig } from '../src/kafka/kafka-streams-config.ts';
import type { RestoreProgress } from '../src/kafka/restore-listener.ts';
import { Serdes } from '../src/serdes.ts';
import { StreamsBuilder } from '../src/streams-builder.ts';
import type { Topology } from '../src/topology.ts';
import { ChildApp } from './child-app.ts';
import { eventually, KafkaJudge } from './kafka-judge.ts';
import { type LocalCluster, startLocalCluster } from './local-cluster.ts';
import type { ChildConfig } from './word-count-child.ts';

export const text = { key: Serdes.string(), value: Serdes.string() };

/** A running instance. */
export interface Run {
  readonly streams: KafkaStreams;
  /** What was told about restoring. */
  readonly restores: RestoreProgress[];
}

/** A broker with instances of applications, and what tests need around them. */
export class StreamsRunner {
  readonly cluster: LocalCluster;
  #judge: KafkaJudge;
  readonly #running: KafkaStreams[] = [];
  readonly #children: ChildApp[] = [];
  readonly #directories: string[] = [];

  private constructor(cluster: LocalCluster, judge: KafkaJudge) {
    this.cluster = cluster;
    this.#judge = judge;
  }

  static async start(properties: Readonly<Record<string, string>> = {}): Promise<StreamsRunner> {
    const cluster = await startLocalCluster(properties);
    return new StreamsRunner(cluster, await KafkaJudge.connect(cluster.bootstrapServers));
  }

  get judge(): KafkaJudge {
    return this.#judge;
  }

  /** For a broker that was killed: what the judge knew of it is forgotten. */
  async reconnectJudge(): Promise<void> {
    await this.#judge.close();
    this.#judge = await KafkaJudge.connect(this.cluster.bootstrapServers);
  }

  /** An instance that the test starts itself. */
  make(topology: Topology, applicationId: string, config: Partial<KafkaStreamsConfig> = {}): KafkaStreams {
    const streams = new KafkaStreams(topology, {
      applicationId,
      bootstrapServers: this.cluster.bootstrapServers,
      commitIntervalMs: 100,
      sessionTimeoutMs: 3_000,
      heartbeatIntervalMs: 500,
      ...config,
    });
    this.#running.push(streams);
    return streams;
  }

  async run(
    topology: Topology,
    applicationId: string,
    config: Partial<KafkaStreamsConfig> = {},
    onRestore: (progress: RestoreProgress) => void = () => undefined,
  ): Promise<Run> {
    const streams = this.make(topology, applicationId, config);
    const restores: RestoreProgress[] = [];
    streams.onRestore((progress) => {
      restores.push(progress);
      onRestore(progress);
    });
    await streams.start();
    return { streams, restores };
  }

  /** The word count in a process of its own. */
  launch(config: Omit<ChildConfig, 'bootstrapServers'>): ChildApp {
    const child = new ChildApp({ bootstrapServers: this.cluster.bootstrapServers, ...config });
    this.#children.push(child);
    return child;
  }

  freshDirectory(): string {
    const path = mkdtempSync(join(tmpdir(), 'millstream-state-'));
    this.#directories.push(path);
    return path;
  }

  send(name: string, ...keys: string[]): Promise<void> {
    return this.judge.produce(
      `${name}-in`,
      keys.map((key) => ({ key, value: 'x' })),
    );
  }

  async output(name: string): Promise<string[]> {
    return (await this.judge.readAll(`${name}-out`)).map(({ value }) => String(value));
  }

  /** After each test: ends what it started. */
  async cleanUp(): Promise<void> {
    await Promise.all(this.#children.splice(0).map((child) => child.kill()));
    await Promise.all(this.#running.splice(0).map((streams) => streams.close()));
    for (const path of this.#directories.splice(0)) rmSync(path, { recursive: true, force: true });
  }

  async stop(): Promise<void> {
    await this.#judge.close();
    await this.cluster.stop();
  }
}

/** Counts records of `<name>-in` per key, in the store `counts`. */
export function counting(name: string): Topology {
  const builder = new StreamsBuilder();
  builder.stream(`${name}-in`, text).groupByKey().count({ name: 'counts' });
  return builder.build();
}

export function counts(streams: KafkaStreams): Record<string, number> {
  return Object.fromEntries(streams.store<string, number>('counts').all());
}

/** Waits for these counts, and expects no others. */
export async function counted(
  streams: KafkaStreams,
  expected: Readonly<Record<string, number>>,
): Promise<void> {
  const isThere = (): boolean =>
    JSON.stringify(Object.entries(counts(streams)).sort()) ===
    JSON.stringify(Object.entries(expected).sort());
  await eventually(`counts ${JSON.stringify(expected)}`, isThere);
}
