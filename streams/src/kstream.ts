import type {
  Grouped,
  Joined,
  KeyValue,
  Materialized,
  Named,
  ProcessOptions,
  Produced,
  ProducedTo,
  Repartitioned,
  StreamJoined,
} from './dsl-options.ts';
import type { KGroupedStream } from './kgrouped-stream.ts';
import type { GlobalKTable, KTable } from './ktable.ts';
import type { ProcessorSupplier } from './processor.ts';
import type { StreamRecord } from './record.ts';
import type { JoinWindows } from './windows.ts';

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
