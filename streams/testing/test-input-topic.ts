import { type Headers, type LogRecord, NO_HEADERS } from '../src/record.ts';
import type { Serde } from '../src/serdes.ts';

/** Where and when a piped record is written. */
export interface TestRecord {
  /** Milliseconds since the epoch; default: the driver's wall-clock time. */
  readonly timestamp?: number;
  readonly headers?: Headers;
  /** Default: chosen by the key, as a Java producer does; 0 without a key. */
  readonly partition?: number;
}

/** Writes a record into the driver's log. */
export type Pipe = (
  record: Omit<LogRecord, 'offset' | 'partition'>,
  partition: number | null,
  partitionBytes: Uint8Array | null,
) => void;

/** Feeds records into a source topic. Every record is processed completely before `pipeInput` returns. */
export class TestInputTopic<K, V> {
  readonly topic: string;
  readonly #key: Serde<K>;
  readonly #value: Serde<V>;
  readonly #pipe: Pipe;
  readonly #now: () => number;

  /** Use `TopologyTestDriver#createInputTopic`. */
  constructor(topic: string, key: Serde<K>, value: Serde<V>, pipe: Pipe, now: () => number) {
    this.topic = topic;
    this.#key = key;
    this.#value = value;
    this.#pipe = pipe;
    this.#now = now;
  }

  pipeInput(key: K | null, value: V | null, options: TestRecord = {}): void {
    const keyBytes = key === null ? null : this.#key.serialize(key);
    const partitionBytes = key === null ? null : (this.#key.partitionBytes?.(key) ?? keyBytes);
    this.#pipe(
      {
        topic: this.topic,
        key: keyBytes,
        value: value === null ? null : this.#value.serialize(value),
        timestamp: options.timestamp ?? this.#now(),
        headers: options.headers ?? NO_HEADERS,
      },
      options.partition ?? null,
      partitionBytes,
    );
  }
}
