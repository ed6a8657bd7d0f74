import type { KGroupedTable, KTable } from '../dsl.ts';
import type { CountMaterialized, Grouped, Materialized } from '../dsl-options.ts';
import { type Serde, Serdes } from '../serdes.ts';
import { addProcessor, type BuilderContext, requireSerde } from './builder-context.ts';
import { changedSerde } from './changed-serde.ts';
import type { StoreOptions } from './grouping.ts';
import { type GroupMapper, groupChanges, type TableAggregation, tableAggregate } from './table-group.ts';
import { type OldValues, storeGetter, type TableOrigin } from './table-origin.ts';
import { tableStoreBuilder } from './table-store.ts';
import { throughTopic } from './through-topic.ts';

type Reducer = (aggregate: unknown, value: unknown) => unknown;
type Aggregator = TableAggregation['add'];

export interface TableGrouping {
  readonly context: BuilderContext;
  readonly origin: TableOrigin;
  readonly mapper: GroupMapper;
  readonly grouped: Grouped<unknown, unknown>;
  /** Makes the table of a result. */
  readonly table: (origin: TableOrigin) => unknown;
}

/** What a table's `groupBy` returns. Every aggregation has a repartition topic, or shares the named one. */
export class KGroupedTableImpl<K, V> implements KGroupedTable<K, V> {
  readonly #grouping: TableGrouping;
  readonly #key: Serde<unknown>;
  readonly #value: Serde<unknown>;
  readonly #node: string;
  #shared: string | null = null;

  constructor(grouping: TableGrouping) {
    const { context, origin, mapper, grouped } = grouping;
    const { name } = grouped;
    origin.enableOldValues(true);
    this.#grouping = grouping;
    this.#key = requireSerde(grouped.key, null, `The key of a table's group "${name ?? ''}"`);
    this.#value = requireSerde(grouped.value, null, `The value of a table's group "${name ?? ''}"`);
    const node = name === undefined ? context.graph.newName('KTABLE-SELECT') : `${name}-select`;
    const supplier = groupChanges(mapper, this.#key, origin.versioned);
    this.#node = addProcessor(context, node, [origin.node], supplier);
  }

  count(materialized: CountMaterialized<K>): KTable<K, number> {
    return this.#aggregate(
      { ...materialized, value: Serdes.long() },
      {
        initial: () => 0,
        add: (_key, _value, count) => Number(count) + 1,
        remove: (_key, _value, count) => Number(count) - 1,
      },
    );
  }

  reduce(
    adder: (aggregate: V, value: V) => V | null,
    subtractor: (aggregate: V, value: V) => V | null,
    materialized: Materialized<K, V>,
  ): KTable<K, V> {
    const [add, remove] = [adder as Reducer, subtractor as Reducer];
    return this.#aggregate(materialized, {
      initial: null,
      add: (_key, value, aggregate) => add(aggregate, value),
      remove: (_key, value, aggregate) => remove(aggregate, value),
    });
  }

  aggregate<A>(
    initializer: () => A,
    adder: (key: K, value: V, aggregate: A) => A | null,
    subtractor: (key: K, value: V, aggregate: A) => A | null,
    materialized: Materialized<K, A>,
  ): KTable<K, A> {
    return this.#aggregate(materialized, {
      initial: initializer,
      add: adder as Aggregator,
      remove: subtractor as Aggregator,
    });
  }

  #aggregate<A>(materialized: unknown, aggregation: TableAggregation): KTable<K, A> {
    const options = materialized as StoreOptions;
    const { name, value } = options;
    const { context } = this.#grouping;
    const key = options.key ?? this.#key;
    const source = this.#repartition(name);
    const oldValues: OldValues = { enabled: false };
    context.graph.addStore(tableStoreBuilder(name, key, value, options));
    const supplier = tableAggregate(name, aggregation, oldValues);
    return this.#grouping.table({
      node: addProcessor(context, `${name}-aggregate`, [source], supplier, [name]),
      key,
      value,
      sources: new Set([source]),
      store: name,
      versioned: options.historyRetentionMs !== undefined,
      enableOldValues: () => {
        oldValues.enabled = true;
        return true;
      },
      valueGetter: () => storeGetter(name),
    }) as KTable<K, A>;
  }

  #repartition(store: string): string {
    const { context, grouped } = this.#grouping;
    const name = grouped.name ?? store;
    if (this.#shared !== null) {
      context.graph.putLast(`${name}-repartition-sink`);
      return this.#shared;
    }
    context.graph.addRepartitionTopic(name, null);
    const source = throughTopic(
      context.graph,
      { name, internal: true },
      {
        parents: [this.#node],
        key: this.#key,
        value: changedSerde(this.#value) as Serde<unknown>,
        partitioner: null,
      },
    );
    if (grouped.name !== undefined) this.#shared = source;
    return source;
  }
}
