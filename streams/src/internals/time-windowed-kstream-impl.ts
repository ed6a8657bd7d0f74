import type { EmitStrategy, KTable, TimeWindowedKStream } from '../dsl.ts';
import type { CountMaterialized, Materialized } from '../dsl-options.ts';
import { Serdes } from '../serdes.ts';
import type { Windowed } from '../state-stores.ts';
import { addAggregateTable } from './aggregate-table.ts';
import { type Aggregation, aggregating, counting, reducing } from './aggregation.ts';
import type { AggregationKind } from './aggregation-kind.ts';
import type { Grouping, StoreOptions } from './grouping.ts';
import { KTableImpl } from './ktable-impl.ts';

/** A grouped stream in tumbling, hopping or sliding windows. */
export class TimeWindowedKStreamImpl<K, V> implements TimeWindowedKStream<K, V> {
  readonly #grouping: Grouping;
  readonly #kind: AggregationKind;
  readonly #emit: EmitStrategy;

  constructor(grouping: Grouping, kind: AggregationKind, emit: EmitStrategy) {
    this.#grouping = grouping;
    this.#kind = kind;
    this.#emit = emit;
  }

  count(materialized: CountMaterialized<K>): KTable<Windowed<K>, number> {
    return this.#aggregate({ ...materialized, value: Serdes.long() }, counting);
  }

  reduce(reducer: (aggregate: V, value: V) => V, materialized: Materialized<K, V>): KTable<Windowed<K>, V> {
    return this.#aggregate(materialized, reducing(reducer));
  }

  aggregate<A>(
    initializer: () => A,
    aggregator: (key: K, value: V, aggregate: A) => A | null,
    materialized: Materialized<K, A>,
  ): KTable<Windowed<K>, A> {
    return this.#aggregate(materialized, aggregating(initializer, aggregator));
  }

  emitStrategy(strategy: EmitStrategy): TimeWindowedKStream<K, V> {
    return new TimeWindowedKStreamImpl<K, V>(this.#grouping, this.#kind, strategy);
  }

  #aggregate<A>(materialized: unknown, aggregation: Aggregation): KTable<Windowed<K>, A> {
    const options = { store: materialized as StoreOptions, kind: this.#kind, aggregation, emit: this.#emit };
    return new KTableImpl<Windowed<K>, A>(this.#grouping.context, addAggregateTable(this.#grouping, options));
  }
}
