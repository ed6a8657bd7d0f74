import type {
  CogroupedKStream,
  KGroupedStream,
  KTable,
  SessionWindowedKStream,
  TimeWindowedKStream,
} from '../dsl.ts';
import type { CountMaterialized, Grouped, Materialized } from '../dsl-options.ts';
import { TopologyError } from '../errors.ts';
import { Serdes } from '../serdes.ts';
import { SessionWindows } from '../session-windows.ts';
import type { SlidingWindows } from '../sliding-windows.ts';
import type { TimeWindows } from '../windows.ts';
import { addAggregateTable } from './aggregate-table.ts';
import { type Aggregation, aggregating, counting, reducing } from './aggregation.ts';
import type { BuilderContext, StreamOrigin } from './builder-context.ts';
import { CogroupedKStreamImpl } from './cogrouped-kstream-impl.ts';
import { Grouping, type StoreOptions } from './grouping.ts';
import { byKey } from './key-aggregation.ts';
import { KTableImpl } from './ktable-impl.ts';
import { SessionWindowedKStreamImpl } from './session-windowed-kstream-impl.ts';
import { TimeWindowedKStreamImpl } from './time-windowed-kstream-impl.ts';
import { type AggregationWindows, windowsKind } from './windows-kind.ts';

/** What `groupByKey` and `groupBy` return. */
export class KGroupedStreamImpl<K, V> implements KGroupedStream<K, V> {
  readonly grouping: Grouping;

  constructor(context: BuilderContext, origin: StreamOrigin, grouped: Grouped<K, V>) {
    this.grouping = new Grouping(context, origin, grouped as Grouped<unknown, unknown>);
  }

  count(materialized: CountMaterialized<K>): KTable<K, number> {
    return this.#aggregate({ ...materialized, value: Serdes.long() }, counting);
  }

  reduce(reducer: (aggregate: V, value: V) => V, materialized: Materialized<K, V>): KTable<K, V> {
    return this.#aggregate(materialized, reducing(reducer));
  }

  aggregate<A>(
    initializer: () => A,
    aggregator: (key: K, value: V, aggregate: A) => A | null,
    materialized: Materialized<K, A>,
  ): KTable<K, A> {
    return this.#aggregate(materialized, aggregating(initializer, aggregator));
  }

  windowedBy(windows: SessionWindows): SessionWindowedKStream<K, V>;
  windowedBy(windows: TimeWindows | SlidingWindows): TimeWindowedKStream<K, V>;
  windowedBy(windows: AggregationWindows): TimeWindowedKStream<K, V> | SessionWindowedKStream<K, V> {
    const kind = windowsKind(windows);
    return windows instanceof SessionWindows
      ? new SessionWindowedKStreamImpl<K, V>(this.grouping, kind, 'on-window-update')
      : new TimeWindowedKStreamImpl<K, V>(this.grouping, kind, 'on-window-update');
  }

  cogroup<A>(aggregator: (key: K, value: V, aggregate: A) => A | null): CogroupedKStream<K, A> {
    return new CogroupedKStreamImpl<K, A>(this.grouping, aggregator, groupingOf);
  }

  #aggregate<A>(materialized: unknown, aggregation: Aggregation): KTable<K, A> {
    const store = materialized as StoreOptions;
    const options = { store, kind: byKey, aggregation, emit: 'on-window-update' } as const;
    return new KTableImpl<K, A>(this.grouping.context, addAggregateTable(this.grouping, options));
  }
}

/** The builder's own side of a grouped stream; others cannot be mixed in. */
function groupingOf(grouped: unknown): Grouping {
  if (grouped instanceof KGroupedStreamImpl) return grouped.grouping;
  throw new TopologyError('Only grouped streams made by a StreamsBuilder can be cogrouped.');
}
