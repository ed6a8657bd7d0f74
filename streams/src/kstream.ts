import type { ProcessorSupplier } from './processor.ts';
import type { LogRecord, StreamRecord } from './record.ts';
import type { Serde } from './serdes.ts';
import type { Windowed } from './state-stores.ts';
import type { JoinWindows, TimeWindows } from './windows.ts';

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
}

/** Name and serdes of a join of two streams; they name its stores and repartition topics. */
export interface StreamJoined<K, V, VO> extends Joined<K, V> {
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
  /** Windowed stores only: how long windows are kept, at least size + grace (the default). */
  readonly retentionMs?: number;
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

/** The streams that `split` returns, by branch name. */
export type BranchedStreams<K, V, N extends string> = { readonly [name in N]: KStream<K, V> };

/**
 * A stream of records. Values are typed by the serde of the source; at run time a null key or value
 * (a tombstone) reaches the callbacks as null, as in Kafka Streams: declare `Serdes.nullable` for
 * topics that carry them. Headers pass through every operator. Callbacks must not keep state.
 */
export interface KStream<K, V> {
  filter<S extends V>(predicate: (key: K, value: V) => value is S, named?: Named): KStream<K, S>;
  filter(predicate: (key: K, value: V) => boolean, named?: Named): KStream<K, V>;
  filterNot(predicate: (key: K, value: V) => boolean, named?: Named): KStream<K, V>;
  /** Changes key and value. Marks the stream for repartitioning. */
  map<K2, V2>(mapper: (key: K, value: V) => KeyValue<K2, V2>, named?: Named): KStream<K2, V2>;
  mapValues<V2>(mapper: (value: V, key: K) => V2, named?: Named): KStream<K, V2>;
  /** Any number of records for one. Marks the stream for repartitioning. */
  flatMap<K2, V2>(mapper: (key: K, value: V) => Iterable<KeyValue<K2, V2>>, named?: Named): KStream<K2, V2>;
  flatMapValues<V2>(mapper: (value: V, key: K) => Iterable<V2>, named?: Named): KStream<K, V2>;
  /** Changes the key. Marks the stream for repartitioning. */
  selectKey<K2>(mapper: (key: K, value: V) => K2, named?: Named): KStream<K2, V>;
  peek(action: (key: K, value: V) => void, named?: Named): KStream<K, V>;
  /** A side effect. A returned promise is awaited before the record's offset is committed. */
  foreach(action: (key: K, value: V) => void | Promise<void>, named?: Named): void;
  /**
   * Sends each record to the first branch whose predicate holds; records without one go to
   * `options.defaultBranch` when given, and are dropped otherwise.
   */
  split<N extends string, D extends string = never>(
    branches: { readonly [name in N]: (key: K, value: V) => boolean },
    options?: Named & { readonly defaultBranch?: D },
  ): BranchedStreams<K, V, N | D>;
  merge(other: KStream<K, V>, named?: Named): KStream<K, V>;
  repartition(repartitioned: Repartitioned<K, V>): KStream<K, V>;
  to(topic: string, produced?: Produced<K, V>): void;
  to(topic: (key: K, value: V, record: StreamRecord<K, V>) => string, produced: ProducedTo<K, V>): void;
  /** Looks up the table's current row for each record; without one, nothing is emitted. */
  join<VT, R>(
    table: KTable<K, VT>,
    joiner: (value: V, tableValue: VT, key: K) => R,
    joined: Joined<K, V>,
  ): KStream<K, R>;
  /** Like `join`, with a key taken from the record; needs no co-partitioning. */
  join<KG, VG, R>(
    table: GlobalKTable<KG, VG>,
    keyMapper: (key: K, value: V) => KG | null,
    joiner: (value: V, tableValue: VG, key: K) => R,
    named?: Named,
  ): KStream<K, R>;
  /** Pairs records of two streams with the same key that are close in time. */
  join<VO, R>(
    other: KStream<K, VO>,
    joiner: (value: V, otherValue: VO, key: K) => R,
    windows: JoinWindows,
    joined: StreamJoined<K, V, VO>,
  ): KStream<K, R>;
  /** Looks up the table's current row for each record; without one, the joiner gets null. */
  leftJoin<VT, R>(
    table: KTable<K, VT>,
    joiner: (value: V, tableValue: VT | null, key: K) => R,
    joined: Joined<K, V>,
  ): KStream<K, R>;
  /** Like `leftJoin`, with a key taken from the record; needs no co-partitioning. */
  leftJoin<KG, VG, R>(
    table: GlobalKTable<KG, VG>,
    keyMapper: (key: K, value: V) => KG | null,
    joiner: (value: V, tableValue: VG | null, key: K) => R,
    named?: Named,
  ): KStream<K, R>;
  /**
   * As the inner join; a record of this side without partner is emitted with null once its window has
   * closed, which is noticed when later records arrive.
   */
  leftJoin<VO, R>(
    other: KStream<K, VO>,
    joiner: (value: V, otherValue: VO | null, key: K) => R,
    windows: JoinWindows,
    joined: StreamJoined<K, V, VO>,
  ): KStream<K, R>;
  groupByKey(grouped?: Grouped<K, V>): KGroupedStream<K, V>;
  /** Groups by a new key, through a repartition topic. */
  groupBy<K2>(mapper: (key: K, value: V) => K2, grouped: Grouped<K2, V>): KGroupedStream<K2, V>;
  /** Reads the stream as a table: each record is the new row of its key, null deletes it. */
  toTable(materialized: Materialized<K, V>): KTable<K, V>;
  /** A processor of one's own. May change the key, so the stream is marked for repartitioning. */
  process<K2, V2>(
    supplier: ProcessorSupplier<K, V, K2, V2>,
    options: ProcessOptions<K2, V2>,
  ): KStream<K2, V2>;
  /** As `process`, for a processor that keeps the key: no repartitioning follows. */
  processValues<V2>(supplier: ProcessorSupplier<K, V, K, V2>, options: ProcessOptions<K, V2>): KStream<K, V2>;
}

/** A stream whose records are grouped by key, ready to be aggregated. Null keys and values are dropped. */
export interface KGroupedStream<K, V> {
  count(materialized: CountMaterialized<K>): KTable<K, number>;
  reduce(reducer: (aggregate: V, value: V) => V, materialized: Materialized<K, V>): KTable<K, V>;
  aggregate<A>(
    initializer: () => A,
    aggregator: (key: K, value: V, aggregate: A) => A | null,
    materialized: Materialized<K, A>,
  ): KTable<K, A>;
  windowedBy(windows: TimeWindows): TimeWindowedKStream<K, V>;
}

/**
 * A grouped stream in time windows. Records later than the grace period are dropped and counted.
 * Every update of a window is emitted (there is no cache).
 */
export interface TimeWindowedKStream<K, V> {
  count(materialized: CountMaterialized<K>): KTable<Windowed<K>, number>;
  reduce(reducer: (aggregate: V, value: V) => V, materialized: Materialized<K, V>): KTable<Windowed<K>, V>;
  aggregate<A>(
    initializer: () => A,
    aggregator: (key: K, value: V, aggregate: A) => A | null,
    materialized: Materialized<K, A>,
  ): KTable<Windowed<K>, A>;
}

/** A table: the latest value per key. Every update is forwarded (there is no cache). */
export interface KTable<K, V> {
  /** The name `KafkaStreams#store` knows it by; null when it has no store of its own. */
  readonly queryableStoreName: string | null;
  filter(
    predicate: (key: K, value: V) => boolean,
    options?: Named & { readonly materialized?: Materialized<K, V> },
  ): KTable<K, V>;
  mapValues<V2>(
    mapper: (value: V, key: K) => V2,
    options?: Named & { readonly materialized?: Materialized<K, V2> },
  ): KTable<K, V2>;
  /** The table's updates, keyed anew when there is a mapper; a deletion has a null value. */
  toStream<K2>(mapper: (key: K, value: V) => K2, named?: Named): KStream<K2, V>;
  toStream(named?: Named): KStream<K, V>;
  join<VO, R>(
    other: KTable<K, VO>,
    joiner: (value: V, otherValue: VO) => R,
    options: { readonly name: string; readonly materialized?: Materialized<K, R> },
  ): KTable<K, R>;
  leftJoin<VO, R>(
    other: KTable<K, VO>,
    joiner: (value: V, otherValue: VO | null) => R,
    options: { readonly name: string; readonly materialized?: Materialized<K, R> },
  ): KTable<K, R>;
}

/** A table that every instance holds completely; loaded before processing begins. */
export interface GlobalKTable<K, V> {
  readonly queryableStoreName: string;
  /** Only for types: the key and value this table holds. */
  readonly serdes: KeyValueSerdes<K, V>;
}
