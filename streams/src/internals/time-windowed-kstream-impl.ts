import type { CountMaterialized, Materialized } from '../dsl-options.ts';
import { TopologyError } from '../errors.ts';
import type { TimeWindowedKStream } from '../kgrouped-stream.ts';
import type { KTable } from '../ktable.ts';
import { type Serde, Serdes } from '../serdes.ts';
import type { Windowed } from '../state-stores.ts';
import { Stores } from '../store-builder.ts';
import { timeWindowedSerde } from '../windowed-serdes.ts';
import type { TimeWindows } from '../windows.ts';
import { type Aggregation, counting, reducing, windowAggregate } from './aggregate.ts';
import { addProcessor } from './builder-context.ts';
import type { Grouping, StoreOptions } from './grouping.ts';
import { KTableImpl } from './ktable-impl.ts';
import { type OldValues, windowStoreGetter } from './table-origin.ts';

/** A grouped stream in tumbling or hopping windows. */
export class TimeWindowedKStreamImpl<K, V> implements TimeWindowedKStream<K, V> {
  readonly #grouping: Grouping;
  readonly #windows: TimeWindows;

  constructor(grouping: Grouping, windows: TimeWindows) {
    this.#grouping = grouping;
    this.#windows = windows;
  }

  count(materialized: CountMaterialized<K>): KTable<Windowed<K>, number> {
    return this.#aggregate({ ...materialized, value: Serdes.long() }, counting);
  }

  reduce(reducer: (aggregate: V, value: V) => V, materialized: Materialized<K, V>): KTable<Windowed<K>, V> {
    return this.#aggregate(
      materialized,
      reducing(reducer as (aggregate: unknown, value: unknown) => unknown),
    );
  }

  aggregate<A>(
    initializer: () => A,
    aggregator: (key: K, value: V, aggregate: A) => A | null,
    materialized: Materialized<K, A>,
  ): KTable<Windowed<K>, A> {
    return this.#aggregate(materialized, { initial: initializer, add: aggregator as Aggregation['add'] });
  }

  #aggregate<A>(materialized: unknown, aggregation: Aggregation): KTable<Windowed<K>, A> {
    const options = materialized as StoreOptions;
    const { name } = options;
    const windows = this.#windows;
    const { context } = this.#grouping;
    const minimum = windows.sizeMs + windows.graceMs;
    const retentionMs = options.retentionMs ?? minimum;
    if (retentionMs < minimum) {
      throw new TopologyError(
        `Store "${name}" keeps windows for ${retentionMs} ms, less than their size plus grace (${minimum} ms).`,
      );
    }
    const origin = this.#grouping.partitioned(name);
    const key = this.#grouping.keySerde(options);
    const oldValues: OldValues = { enabled: false };
    context.graph.addStore(
      Stores.timestampedWindowStore(name, {
        key,
        value: options.value,
        logged: options.logged ?? true,
        windowSizeMs: windows.sizeMs,
        retentionMs,
      }),
    );
    const supplier = windowAggregate(name, windows, aggregation, oldValues);
    const node = addProcessor(context, `${name}-aggregate`, [origin.node], supplier, [name]);
    const windowedKey = timeWindowedSerde(key, windows.sizeMs);
    return new KTableImpl<Windowed<K>, A>(context, {
      node,
      key: windowedKey as Serde<unknown>,
      value: options.value,
      sources: origin.sources,
      store: name,
      enableOldValues: () => {
        oldValues.enabled = true;
        return true;
      },
      valueGetter: () => windowStoreGetter(name),
    });
  }
}
