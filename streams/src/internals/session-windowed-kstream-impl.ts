import type { EmitStrategy, KTable, SessionWindowedKStream } from '../dsl.ts';
import type { Materialized } from '../dsl-options.ts';
import type { Windowed } from '../state-stores.ts';
import { aggregating } from './aggregation.ts';
import { WindowedAggregations } from './windowed-aggregations.ts';

/** A grouped stream in session windows. */
export class SessionWindowedKStreamImpl<K, V>
  extends WindowedAggregations<K, V>
  implements SessionWindowedKStream<K, V>
{
  aggregate<A>(
    initializer: () => A,
    aggregator: (key: K, value: V, aggregate: A) => A | null,
    sessionMerger: (key: K, one: A, two: A) => A | null,
    materialized: Materialized<K, A>,
  ): KTable<Windowed<K>, A> {
    return this.aggregateAs(materialized, aggregating(initializer, aggregator, sessionMerger));
  }

  emitStrategy(strategy: EmitStrategy): SessionWindowedKStream<K, V> {
    return new SessionWindowedKStreamImpl<K, V>(this.grouping, this.kind, strategy);
  }
}
