import type { EmitStrategy, KTable, TimeWindowedKStream } from '../dsl.ts';
import type { Materialized } from '../dsl-options.ts';
import type { Windowed } from '../state-stores.ts';
import { aggregating } from './aggregation.ts';
import { WindowedAggregations } from './windowed-aggregations.ts';

/** A grouped stream in tumbling, hopping or sliding windows. */
export class TimeWindowedKStreamImpl<K, V>
  extends WindowedAggregations<K, V>
  implements TimeWindowedKStream<K, V>
{
  aggregate<A>(
    initializer: () => A,
    aggregator: (key: K, value: V, aggregate: A) => A | null,
    materialized: Materialized<K, A>,
  ): KTable<Windowed<K>, A> {
    return this.aggregateAs(materialized, aggregating(initializer, aggregator));
  }

  emitStrategy(strategy: EmitStrategy): TimeWindowedKStream<K, V> {
    return new TimeWindowedKStreamImpl<K, V>(this.grouping, this.kind, strategy);
  }
}
