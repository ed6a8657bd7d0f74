import { TopologyError } from '../errors.ts';
import type {
  CountMaterialized,
  Grouped,
  KGroupedStream,
  KTable,
  Materialized,
  TimeWindowedKStream,
} from '../kstream.ts';
import { type Serde, Serdes } from '../serdes.ts';
import type { Windowed } from '../state-stores.ts';
import { Stores } from '../store-builder.ts';
import { timeWindowedSerde } from '../windowed-serdes.ts';
import type { TimeWindows } from '../windows.ts';
import { type Aggregation, counting, reducing, streamAggregate, windowAggregate } from './aggregate.ts';
import { addProcessor, type BuilderContext, requireSerde, type StreamOrigin } from './builder-context.ts';
import { KTableImpl } from './ktable-impl.ts';
import { repartitionIfNeeded } from './repartition.ts';
import { type OldValues, storeGetter, windowStoreGetter } from './table-origin.ts';

interface StoreOptions {
  readonly name: string;
  readonly key?: Serde<unknown>;
  readonly value: Serde<unknown>;
  readonly logged?: boolean;
  readonly retentionMs?: number;
}

/** The one repartitioning that all aggregations of a grouping share. */
class Grouping {
  readonly context: BuilderContext;
  readonly #origin: StreamOrigin;
  readonly #grouped: Grouped<unknown, unknown>;
  #partitioned: StreamOrigin | null = null;

  constructor(context: BuilderContext, origin: StreamOrigin, grouped: Grouped<unknown, unknown>) {
    this.context = context;
    this.#origin = origin;
    this.#grouped = grouped;
  }

  partitioned(storeName: string): StreamOrigin {
    this.#partitioned ??= repartitionIfNeeded(this.context, this.#origin, {
      name: this.#grouped.name ?? storeName,
      key: this.#grouped.key ?? null,
      value: this.#grouped.value ?? null,
    });
    return this.#partitioned;
  }

  keySerde(options: StoreOptions): Serde<unknown> {
    return requireSerde(
      options.key ?? this.#grouped.key,
      this.#origin.key,
      `The key of store "${options.name}"`,
    );
  }
}

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

class TimeWindowedKStreamImpl<K, V> implements TimeWindowedKStream<K, V> {
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
