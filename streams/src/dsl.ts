import type {
  CountMaterialized,
  Grouped,
  Joined,
  KeyValue,
  KeyValueSerdes,
  Materialized,
  Named,
  ProcessOptions,
  Produced,
  ProducedTo,
  Repartitioned,
  StreamJoined,
} from './dsl-options.ts';
import type { ProcessorSupplier, ValueTransformer } from './processor.ts';
import type { StreamRecord } from './record.ts';
import type { Serde } from './serdes.ts';
import type { SessionWindows } from './session-windows.ts';
import type { SlidingWindows } from './sliding-windows.ts';
import type { Windowed } from './state-stores.ts';
import type { Suppressed } from './suppressed.ts';
import type { JoinWindows, TimeWindows } from './windows.ts';

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
  /** A side effect on the way; as with `foreach`, commits wait for a returned promise, but the record does not. */
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
  /**
   * As `leftJoin`, for both sides: each record without partner is emitted once its window has closed,
   * with null for the other side. A record without a key is emitted alone at once.
   */
  outerJoin<VO, R>(
    other: KStream<K, VO>,
    joiner: (value: V | null, otherValue: VO | null, key: K) => R,
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

/** A table: the latest value per key. Every update is forwarded (there is no cache). */
export interface KTable<K, V> {
  /** The name `KafkaStreams#store` knows it by; null when it has no store of its own. */
  readonly queryableStoreName: string | null;
  filter(
    predicate: (key: K, value: V) => boolean,
    options?: Named & { readonly materialized?: Materialized<K, V> },
  ): KTable<K, V>;
  /** Keeps the rows for which the predicate does not hold. */
  filterNot(
    predicate: (key: K, value: V) => boolean,
    options?: Named & { readonly materialized?: Materialized<K, V> },
  ): KTable<K, V>;
  mapValues<V2>(
    mapper: (value: V, key: K) => V2 | null,
    options?: Named & { readonly materialized?: Materialized<K, V2> },
  ): KTable<K, V2>;
  /**
   * As `mapValues`, with a transformer that may keep state in `stores` and sees deletions too. Without a store of
   * its own the table's rows are transformed each time they are looked up: then keep no state.
   */
  transformValues<V2>(
    supplier: () => ValueTransformer<K, V, V2>,
    options?: Named & {
      readonly stores?: readonly string[];
      readonly materialized?: Materialized<K, V2>;
    },
  ): KTable<K, V2>;
  /** The table's updates, keyed anew when there is a mapper; a deletion has a null value. */
  toStream<K2>(mapper: (key: K, value: V) => K2, named?: Named): KStream<K2, V>;
  toStream(named?: Named): KStream<K, V>;
  join<VO, R>(
    other: KTable<K, VO>,
    joiner: (value: V, otherValue: VO) => R | null,
    options: { readonly name: string; readonly materialized?: Materialized<K, R> },
  ): KTable<K, R>;
  /**
   * Joins each row with the row of `other` whose key its value points to; a change on either side updates
   * the result. No co-partitioning is needed. A row whose foreign key is null has no result. Both tables'
   * serdes must be known.
   */
  join<KO, VO, R>(
    other: KTable<KO, VO>,
    foreignKey: (value: V, key: K) => KO | null,
    joiner: (value: V, otherValue: VO) => R | null,
    options: { readonly name: string; readonly materialized?: Materialized<K, R> },
  ): KTable<K, R>;
  leftJoin<VO, R>(
    other: KTable<K, VO>,
    joiner: (value: V, otherValue: VO | null) => R | null,
    options: { readonly name: string; readonly materialized?: Materialized<K, R> },
  ): KTable<K, R>;
  /** As the inner foreign-key join; without a row to point to, the joiner gets null. */
  leftJoin<KO, VO, R>(
    other: KTable<KO, VO>,
    foreignKey: (value: V, key: K) => KO | null,
    joiner: (value: V, otherValue: VO | null) => R | null,
    options: { readonly name: string; readonly materialized?: Materialized<K, R> },
  ): KTable<K, R>;
  /** A row wherever either table has one; the missing side is null. */
  outerJoin<VO, R>(
    other: KTable<K, VO>,
    joiner: (value: V | null, otherValue: VO | null) => R | null,
    options: { readonly name: string; readonly materialized?: Materialized<K, R> },
  ): KTable<K, R>;
  /**
   * Groups rows by a key of their own, through the repartition topic `<grouped.name or store>-repartition`;
   * both serdes are needed. A row whose new key or value is null belongs to no group.
   */
  groupBy<K2, V2>(
    mapper: (key: K, value: V) => KeyValue<K2 | null, V2 | null>,
    grouped: Grouped<K2, V2>,
  ): KGroupedTable<K2, V2>;
  /**
   * Keeps updates back, per key, until a window has closed or a time has passed, and emits the latest
   * with its own timestamp and headers. Time moves with the records that arrive here.
   */
  suppress(suppressed: Suppressed, options?: SuppressOptions<K, V>): KTable<K, V>;
}

/** How a suppress is named and keeps its buffer. */
export interface SuppressOptions<K, V> {
  /** Required: names the buffer; its changelog is `<application.id>-<name>-changelog`. */
  readonly name?: string;
  /** False keeps no changelog: what waits is lost with its instance. Default true. */
  readonly logged?: boolean;
  /** True keeps the buffer in memory where other stores are kept on disk (`stateDir`). */
  readonly inMemory?: boolean;
  /** Serdes, where the table does not know them any more. */
  readonly key?: Serde<K>;
  readonly value?: Serde<V>;
}

/** A table that every instance holds completely; loaded before processing begins. */
export interface GlobalKTable<K, V> {
  readonly queryableStoreName: string;
  /** Only for types: the key and value this table holds. */
  readonly serdes: KeyValueSerdes<K, V>;
}

/** When results of windows are emitted: at every update, or once when a window has closed. */
export type EmitStrategy = 'on-window-update' | 'on-window-close';

/** A stream whose records are grouped by key, ready to be aggregated. Null keys and values are dropped. */
export interface KGroupedStream<K, V> {
  count(materialized: CountMaterialized<K>): KTable<K, number>;
  reduce(reducer: (aggregate: V, value: V) => V, materialized: Materialized<K, V>): KTable<K, V>;
  aggregate<A>(
    initializer: () => A,
    aggregator: (key: K, value: V, aggregate: A) => A | null,
    materialized: Materialized<K, A>,
  ): KTable<K, A>;
  windowedBy(windows: TimeWindows | SlidingWindows): TimeWindowedKStream<K, V>;
  windowedBy(windows: SessionWindows): SessionWindowedKStream<K, V>;
  /** Begins an aggregation of this and other grouped streams into one table. */
  cogroup<A>(aggregator: (key: K, value: V, aggregate: A) => A | null): CogroupedKStream<K, A>;
}

/**
 * A grouped stream in time windows. Records later than the grace period are dropped and counted.
 * Every update of a window is emitted (there is no cache), unless the emit strategy says otherwise.
 */
export interface TimeWindowedKStream<K, V> {
  count(materialized: CountMaterialized<K>): KTable<Windowed<K>, number>;
  reduce(reducer: (aggregate: V, value: V) => V, materialized: Materialized<K, V>): KTable<Windowed<K>, V>;
  aggregate<A>(
    initializer: () => A,
    aggregator: (key: K, value: V, aggregate: A) => A | null,
    materialized: Materialized<K, A>,
  ): KTable<Windowed<K>, A>;
  /**
   * With `on-window-close` each window is emitted once, when its end and grace period have passed. That is
   * noticed when records arrive, at most once a second; a window that its store no longer keeps by then
   * (see `Materialized.retentionMs`) is not emitted, as in Kafka Streams.
   */
  emitStrategy(strategy: EmitStrategy): TimeWindowedKStream<K, V>;
}

/**
 * A grouped stream in sessions. A session that grows or is merged gets another key: the old one is
 * deleted with a tombstone before the new one is emitted.
 */
export interface SessionWindowedKStream<K, V> {
  count(materialized: CountMaterialized<K>): KTable<Windowed<K>, number>;
  reduce(reducer: (aggregate: V, value: V) => V, materialized: Materialized<K, V>): KTable<Windowed<K>, V>;
  /** `sessionMerger` makes one aggregate of two, when a record joins their sessions. */
  aggregate<A>(
    initializer: () => A,
    aggregator: (key: K, value: V, aggregate: A) => A | null,
    sessionMerger: (key: K, one: A, two: A) => A | null,
    materialized: Materialized<K, A>,
  ): KTable<Windowed<K>, A>;
  /** As for time windows: with `on-window-close` each session is emitted once, when it has closed. */
  emitStrategy(strategy: EmitStrategy): SessionWindowedKStream<K, V>;
}

/** Several grouped streams that are aggregated into one table, each with an aggregator of its own. */
export interface CogroupedKStream<K, A> {
  /**
   * Adds a stream to this one and returns it, as in Kafka Streams: tables that are made afterwards have
   * it too. Streams whose key was changed are repartitioned: name their groupings.
   */
  cogroup<V>(
    grouped: KGroupedStream<K, V>,
    aggregator: (key: K, value: V, aggregate: A) => A | null,
  ): CogroupedKStream<K, A>;
  aggregate(initializer: () => A, materialized: Materialized<K, A>): KTable<K, A>;
  windowedBy(windows: TimeWindows | SlidingWindows): TimeWindowedCogroupedKStream<K, A>;
  windowedBy(windows: SessionWindows): SessionWindowedCogroupedKStream<K, A>;
}

/** Cogrouped streams in tumbling, hopping or sliding windows. Each stream has its own stream time. */
export interface TimeWindowedCogroupedKStream<K, A> {
  aggregate(initializer: () => A, materialized: Materialized<K, A>): KTable<Windowed<K>, A>;
}

/** Cogrouped streams in sessions. Each stream has its own stream time. */
export interface SessionWindowedCogroupedKStream<K, A> {
  aggregate(
    initializer: () => A,
    sessionMerger: (key: K, one: A, two: A) => A | null,
    materialized: Materialized<K, A>,
  ): KTable<Windowed<K>, A>;
}

/**
 * A table whose rows are grouped by a key of their own, ready to be aggregated. When a row changes, its
 * old value is taken out of its old group, and then the new one is added to its new group; for one and
 * the same group this is one update.
 */
export interface KGroupedTable<K, V> {
  count(materialized: CountMaterialized<K>): KTable<K, number>;
  /** The subtractor gets the aggregate and the value to take out. */
  reduce(
    adder: (aggregate: V, value: V) => V | null,
    subtractor: (aggregate: V, value: V) => V | null,
    materialized: Materialized<K, V>,
  ): KTable<K, V>;
  /** A null aggregate removes the row; the next value of its group begins with the initializer. */
  aggregate<A>(
    initializer: () => A,
    adder: (key: K, value: V, aggregate: A) => A | null,
    subtractor: (key: K, value: V, aggregate: A) => A | null,
    materialized: Materialized<K, A>,
  ): KTable<K, A>;
}
