import type { CountMaterialized, Grouped, Materialized } from '../dsl-options.ts';
import type { KGroupedStream, TimeWindowedKStream } from '../kgrouped-stream.ts';
import type { KTable } from '../ktable.ts';
import { Serdes } from '../serdes.ts';
import { Stores } from '../store-builder.ts';
import type { TimeWindows } from '../windows.ts';
import { type Aggregation, counting, reducing, streamAggregate } from './aggregate.ts';
import { addProcessor, type BuilderContext, type StreamOrigin } from './builder-context.ts';
import { Grouping, type StoreOptions } from './grouping.ts';
import { KTableImpl } from './ktable-impl.ts';
import { type OldValues, storeGetter } from './table-origin.ts';
import { TimeWindowedKStreamImpl } from './time-windowed-kstream-impl.ts';

/** What `groupByKey` and `groupBy` return. */
export class KGroupedStreamImpl<K, V> implements KGroupedStream<K, V> {
  readonly #grouping: Grouping;

  constructor(context: BuilderContext, origin: StreamOrigin, grouped: Grouped<K, V>) {
    this.#grouping = new Grouping(context, origin, grouped as Grouped<unknown, unknown>);
  }

  count(materialized: CountMaterialized<K>): KTable<K, number> {
    return this.#aggregate({ ...materialized, value: Serdes.long() }, counting);
  }

  reduce(reducer: (aggregate: V, value: V) => V, materialized: Materialized<K, V>): KTable<K, V> {
    return this.#aggregate(
      materialized,
      reducing(reducer as (aggregate: unknown, value: unknown) => unknown),
    );
  }

  aggregate<A>(
    initializer: () => A,
    aggregator: (key: K, value: V, aggregate: A) => A | null,
    materialized: Materialized<K, A>,
  ): KTable<K, A> {
    return this.#aggregate(materialized, { initial: initializer, add: aggregator as Aggregation['add'] });
  }

  windowedBy(windows: TimeWindows): TimeWindowedKStream<K, V> {
    return new TimeWindowedKStreamImpl<K, V>(this.#grouping, windows);
  }

  #aggregate<A>(materialized: unknown, aggregation: Aggregation): KTable<K, A> {
    const options = materialized as StoreOptions;
    const { name } = options;
    const { context } = this.#grouping;
    const origin = this.#grouping.partitioned(name);
    const key = this.#grouping.keySerde(options);
    const oldValues: OldValues = { enabled: false };
    context.graph.addStore(
      Stores.timestampedKeyValueStore(name, { key, value: options.value, logged: options.logged ?? true }),
    );
    const supplier = streamAggregate(name, aggregation, oldValues);
    const node = addProcessor(context, `${name}-aggregate`, [origin.node], supplier, [name]);
    return new KTableImpl<K, A>(context, {
      node,
      key,
      value: options.value,
      sources: origin.sources,
      store: name,
      enableOldValues: () => {
        oldValues.enabled = true;
        return true;
      },
      valueGetter: () => storeGetter(name),
    });
  }
}
