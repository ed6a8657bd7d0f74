import type { Headers, LogRecord } from '../src/record.ts';
import type { Serde } from '../src/serdes.ts';

/** A record read from an output topic. */
export interface OutputRecord<K, V> {
  readonly key: K | null;
  readonly value: V | null;
  readonly timestamp: number;
  readonly headers: Headers;
  readonly partition: number;
}

/** Reads what the topology wrote to a topic, each record once, in the order of writing. */
export class TestOutputTopic<K, V> {
  readonly topic: string;
  readonly #key: Serde<K>;
  readonly #value: Serde<V>;
  readonly #log: () => readonly LogRecord[];
  #next = 0;

  /** Use `TopologyTestDriver#createOutputTopic`. */
  constructor(topic: string, key: Serde<K>, value: Serde<V>, log: () => readonly LogRecord[]) {
    this.topic = topic;
    this.#key = key;
    this.#value = value;
    this.#log = log;
  }

  isEmpty(): boolean {
    return this.#next >= this.#log().length;
  }

  readRecords(): OutputRecord<K, V>[] {
    const records = this.#log().slice(this.#next);
    this.#next += records.length;
    return records.map((record) => ({
      key: record.key === null ? null : this.#key.deserialize(record.key),
      value: record.value === null ? null : this.#value.deserialize(record.value),
      timestamp: record.timestamp,
      headers: record.headers,
      partition: record.partition,
    }));
  }

  readKeyValues(): [K | null, V | null][] {
    return this.readRecords().map(({ key, value }) => [key, value]);
  }

  readValues(): (V | null)[] {
    return this.readRecords().map(({ value }) => value);
  }
}
