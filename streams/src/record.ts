/** One record header. Kafka allows the same key several times; order is kept. */
export interface RecordHeader {
  readonly key: string;
  readonly value: Uint8Array | null;
}

/** Headers of a record, in order. They travel with a record through every operator. */
export type Headers = readonly RecordHeader[];

/** No headers; share this instead of making new empty arrays. */
export const NO_HEADERS: Headers = [];

/**
 * A record inside a topology: what a `Processor` receives and forwards.
 * `timestamp` is in milliseconds since the epoch.
 */
export interface StreamRecord<K, V> {
  readonly key: K;
  readonly value: V;
  readonly timestamp: number;
  readonly headers: Headers;
}

/** Where the record that is being processed came from. */
export interface RecordMetadata {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** A record as the log keeps it: bytes, with its place. The input of a task. */
export interface LogRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly timestamp: number;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: Headers;
}

/** A topic with one of its partitions. */
export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}
