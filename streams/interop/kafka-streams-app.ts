import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { prepareJudge } from '../test/prepare-judge.ts';
import type { InteropNames } from './interop-topology.ts';

const SOURCES = path.join(import.meta.dirname, 'java');
const MAIN = 'org.millstream.interop.Main';
const JVM = ['-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto'];
const QUIET = '-Dorg.slf4j.simpleLogger.defaultLogLevel=off';
const ENDED = 'The Java application has ended.';
/** For an application that is ended before it has stopped, after a test that failed. */
const PATIENCE_MS = 30_000;

/** A record as Kafka's consumer reads it; bytes as hexadecimal digits, null where there are none. */
export interface ReadRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: string | null;
  readonly value: string | null;
  readonly timestamp: number;
  readonly headers: readonly string[];
}

/** A topic as Kafka's admin client describes it, with the settings that it has of its own. */
export interface TopicDescription {
  readonly partitions: number;
  readonly replicas: number;
  readonly configs: Readonly<Record<string, string>>;
}

/** What a group has committed for a partition. */
export interface CommittedPlace {
  readonly offset: number;
  readonly metadata: string;
}

interface WireRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: string;
  readonly value: string;
  readonly timestamp: number;
  readonly headers: readonly (readonly [string, string])[];
}

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Kafka Streams 4.3.1 and Kafka's own clients in a JVM. */
export class KafkaStreamsApp {
  readonly #child: ChildProcess;
  readonly #waiting: Waiting[] = [];
  #hasEnded = false;

  private constructor(child: ChildProcess) {
    this.#child = child;
    if (child.stdout === null) throw new TypeError('The Java application needs pipes.');
    createInterface({ input: child.stdout }).on('line', (line) => this.#answered(line));
    process.once('exit', this.#kill);
    child.stdin?.on('error', () => this.#end());
    child.once('error', () => this.#end());
    child.once('exit', () => this.#end());
  }

  static async launch(bootstrapServers: readonly string[]): Promise<KafkaStreamsApp> {
    const { java, classPath } = await prepareJudge(SOURCES);
    const args = [...JVM, QUIET, '-cp', classPath, MAIN, bootstrapServers.join(',')];
    return new KafkaStreamsApp(spawn(java, args, { stdio: ['pipe', 'pipe', 'inherit'] }));
  }

  /** Resolves when its state is RUNNING: stores are restored then. */
  async start(names: InteropNames, guarantee: string, stateDir: string): Promise<void> {
    await this.#ask({ do: 'start', ...names, guarantee, stateDir });
  }

  async stop(): Promise<void> {
    await this.#ask({ do: 'stop' });
  }

  /** The internal topics of an application, by what follows its id and the hyphen. */
  async internalTopics(application: string): Promise<Record<string, TopicDescription>> {
    return (await this.#ask({ do: 'topics', application })) as Record<string, TopicDescription>;
  }

  /** What the application's group has committed, by `topic-partition`. */
  async committed(application: string): Promise<Record<string, CommittedPlace>> {
    return (await this.#ask({ do: 'committed', application })) as Record<string, CommittedPlace>;
  }

  /** Committed records of topics, per partition in order. */
  async read(topics: readonly string[]): Promise<ReadRecord[]> {
    const records = (await this.#ask({ do: 'records', topics })) as WireRecord[];
    return records.map((record) => ({
      topic: record.topic,
      partition: record.partition,
      offset: record.offset,
      key: toHex(record.key),
      value: toHex(record.value),
      timestamp: record.timestamp,
      headers: record.headers.map(([name, value]) => `${name}=${toHex(value)}`),
    }));
  }

  async close(): Promise<void> {
    if (this.#hasEnded) return;
    const ended = once(this.#child, 'exit');
    this.#child.stdin?.end();
    const patience = setTimeout(this.#kill, PATIENCE_MS);
    await ended;
    clearTimeout(patience);
  }

  #ask(command: Readonly<Record<string, string | readonly string[]>>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#hasEnded) throw new Error(ENDED);
      this.#waiting.push({ resolve, reject });
      this.#child.stdin?.write(`${JSON.stringify(command)}\n`);
    });
  }

  #answered(line: string): void {
    const { answer, error } = JSON.parse(line) as { answer?: unknown; error?: string };
    const waiting = this.#waiting.shift();
    if (error === undefined) waiting?.resolve(answer);
    else waiting?.reject(new Error(error));
  }

  #end(): void {
    this.#hasEnded = true;
    process.off('exit', this.#kill);
    for (const { reject } of this.#waiting.splice(0)) reject(new Error(ENDED));
  }

  readonly #kill = (): void => {
    this.#child.kill('SIGKILL');
  };
}

function toHex(encoded: string): string | null {
  return encoded === '' ? null : Buffer.from(encoded.slice(1), 'base64').toString('hex');
}
