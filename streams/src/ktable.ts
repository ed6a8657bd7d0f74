import type { Grouped, KeyValue, KeyValueSerdes, Materialized, Named } from './dsl-options.ts';
import type { KGroupedTable } from './kgrouped-table.ts';
import type { KStream } from './kstream.ts';
import type { ValueTransformer } from './processor.ts';
import type { Serde } from './serdes.ts';
import type { Suppressed } from './suppressed.ts';

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
