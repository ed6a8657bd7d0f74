import type { EmitStrategy, KTable } from '../dsl.ts';
import type { CountMaterialized, Materialized } from '../dsl-options.ts';
import { Serdes } from '../serdes.ts';
import type { Windowed } from '../state-stores.ts';
import { addAggregateTable } from './aggregate-table.ts';
import { type Aggregation, counting, reducing } from './aggregation.ts';
import type { AggregationKind } from './aggregation-kind.ts';
import type { Grouping, StoreOptions } from './grouping.ts';
import { KTableImpl } from './ktable-impl.ts';

/** What grouped streams in windows of any kind have in common. */
export class WindowedAggregations<K, V> {
  protected readonly grouping: Grouping;
  protected readonly kind: AggregationKind;
  readonly #emit: EmitStrategy;

  constructor(grouping: Grouping, kind: AggregationKind, emit: EmitStrategy) {
    this.grouping = grouping;
    this.kind = kind;
    this.#emit = emit;
  }

  count(materialized: CountMaterialized<K>): KTable<Windowed<K>, number> {
    return this.aggregateAs({ ...materialized, value: Serdes.long() }, counting);
  }

  reduce(reducer: (aggregate: V, value: V) => V, materialized: Materialized<K, V>): KTable<Windowed<K>, V> {
    return this.aggregateAs(materialized, reducing(reducer));
  }

  protected aggregateAs<A>(materialized: unknown, aggregation: Aggregation): KTable<Windowed<K>, A> {
    const options = { store: materialized as StoreOptions, kind: this.kind, aggregation, emit: this.#emit };
    return new KTableImpl<Windowed<K>, A>(this.grouping.context, addAggregateTable(this.grouping, options));
  }
}
