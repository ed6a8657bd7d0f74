import type { CountMaterialized, Materialized } from './dsl-options.ts';
import type { KTable } from './ktable.ts';
import type { Windowed } from './state-stores.ts';
import type { TimeWindows } from './windows.ts';

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
