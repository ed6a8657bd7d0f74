import type { LogRecord } from './record.ts';
import type { Serde } from './serdes.ts';

/** A key and a value, as `map` and `flatMap` return them. */
export type KeyValue<K, V> = readonly [key: K, value: V];

/** The two serdes of a topic. */
export interface KeyValueSerdes<K, V> {
  readonly key: Serde<K>;
  readonly value: Serde<V>;
}

/**
 * Reads the timestamp (ms) of a record. `partitionTime` is the highest timestamp seen in its
 * partition, -1 at first. A negative result drops the record and counts it.
 */
export type TimestampExtractor = (
  record: LogRecord,
  partitionTime: number,
  decoded: { key: unknown; value: unknown },
) => number;

/** How a source topic is read. */
export interface Consumed<K, V> extends KeyValueSerdes<K, V> {
  readonly name?: string;
  /** Default: the timestamp of the record. */
  readonly timestampExtractor?: TimestampExtractor;
  /** Where to begin when nothing was committed; default `earliest`, as in Kafka Streams. */
  readonly offsetReset?: 'earliest' | 'latest';
}

/** How a sink topic is written. Serdes may be left out where the stream still knows its own. */
export interface Produced<K, V> {
  readonly key?: Serde<K>;
  readonly value?: Serde<V>;
  readonly name?: string;
  /** Chooses the partition; default: murmur2 of the key bytes, like Java clients. */
  readonly partitioner?: (topic: string, key: K, value: V, partitions: number) => number;
}

/** `to` with a topic per record: all topics it may choose are declared. */
export interface ProducedTo<K, V> extends Produced<K, V> {
  readonly topics: readonly string[];
}

/** An explicit repartition topic, `<application.id>-<name>-repartition`. */
export interface Repartitioned<K, V> {
  readonly name: string;
  readonly key?: Serde<K>;
  readonly value?: Serde<V>;
  /** Default: as many as the source topics have. */
  readonly partitions?: number;
}

/**
 * Name and serdes of a join. The name becomes part of the repartition topic when the stream's key
 * was changed; the serdes are needed then.
 */
export interface Joined<K, V> {
  readonly name: string;
  readonly key?: Serde<K>;
  readonly value?: Serde<V>;
  /**
   * Joins with tables that keep versions only: records wait so long, in ms of stream time, for the table's
   * rows, and are then joined with the row of their own time, in order of their timestamps.
   */
  readonly gracePeriodMs?: number;
}

/** Name and serdes of a join of two streams; they name its stores and repartition topics. */
export interface StreamJoined<K, V, VO> extends Omit<Joined<K, V>, 'gracePeriodMs'> {
  readonly otherValue?: Serde<VO>;
}

/** Name and serdes of a grouping; needed when the key was changed. */
export interface Grouped<K, V> {
  readonly name?: string;
  readonly key?: Serde<K>;
  readonly value?: Serde<V>;
}

/**
 * The store of a stateful operator: its name is the store's name, and its changelog is
 * `<application.id>-<name>-changelog`.
 */
export interface Materialized<K, V> {
  readonly name: string;
  readonly key?: Serde<K>;
  readonly value: Serde<V>;
  /** False keeps no changelog: the store is lost with its instance. Default true. */
  readonly logged?: boolean;
  /** True keeps this store in memory even where others are kept on disk (`stateDir`). Default false. */
  readonly inMemory?: boolean;
  /** Windowed stores only: how long windows are kept, at least size + grace (the default). */
  readonly retentionMs?: number;
  /**
   * Tables only: keeps versions of each row for so long, in ms. Records that are out of order become older
   * versions then, which joins and groupings skip; records older than this are dropped.
   */
  readonly historyRetentionMs?: number;
}

/** A store whose value serde is fixed (count). */
export type CountMaterialized<K> = Omit<Materialized<K, number>, 'value'>;

/** A named step. */
export interface Named {
  readonly name?: string;
}

/** A processor with the stores it uses. */
export interface ProcessOptions<K, V> {
  readonly name: string;
  readonly stores?: readonly string[];
  /** Serdes of what the processor forwards, when later steps need them. */
  readonly key?: Serde<K>;
  readonly value?: Serde<V>;
}
