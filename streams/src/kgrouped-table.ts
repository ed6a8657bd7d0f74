import type { CountMaterialized, Materialized } from './dsl-options.ts';
import type { KTable } from './ktable.ts';

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
