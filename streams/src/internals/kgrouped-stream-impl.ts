import type { CountMaterialized, Grouped, Materialized } from '../dsl-options.ts';
import { TopologyError } from '../errors.ts';
import type { KGroupedStream, SessionWindowedKStream, TimeWindowedKStream } from '../kgrouped-stream.ts';
import type { KTable } from '../ktable.ts';
import { Serdes } from '../serdes.ts';
import { SessionWindows } from '../session-windows.ts';
import { SlidingWindows } from '../sliding-windows.ts';
import { TimeWindows } from '../windows.ts';
import { addAggregateTable } from './aggregate-table.ts';
import { type Aggregation, aggregating, counting, reducing } from './aggregation.ts';
import type { BuilderContext, StreamOrigin } from './builder-context.ts';
import { Grouping, type StoreOptions } from './grouping.ts';
import { byKey } from './key-aggregation.ts';
import { KTableImpl } from './ktable-impl.ts';
import { bySession } from './session-aggregation.ts';
import { SessionWindowedKStreamImpl } from './session-windowed-kstream-impl.ts';
import { bySlidingWindow } from './sliding-aggregation.ts';
import { byTimeWindow } from './time-aggregation.ts';
import { TimeWindowedKStreamImpl } from './time-windowed-kstream-impl.ts';

type Windows = TimeWindows | SlidingWindows | SessionWindows;

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
  windowedBy(windows: Windows): TimeWindowedKStream<K, V> | SessionWindowedKStream<K, V> {
    if (windows instanceof SessionWindows) {
      return new SessionWindowedKStreamImpl<K, V>(this.grouping, bySession(windows), 'on-window-update');
    }
    if (windows instanceof SlidingWindows) {
      return new TimeWindowedKStreamImpl<K, V>(this.grouping, bySlidingWindow(windows), 'on-window-update');
    }
    if (windows instanceof TimeWindows) {
      return new TimeWindowedKStreamImpl<K, V>(this.grouping, byTimeWindow(windows), 'on-window-update');
    }
    throw new TopologyError('A grouped stream is windowed by TimeWindows, SlidingWindows or SessionWindows.');
  }

  #aggregate<A>(materialized: unknown, aggregation: Aggregation): KTable<K, A> {
    const store = materialized as StoreOptions;
    const options = { store, kind: byKey, aggregation, emit: 'on-window-update' } as const;
    return new KTableImpl<K, A>(this.grouping.context, addAggregateTable(this.grouping, options));
  }
}
