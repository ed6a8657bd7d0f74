import type { EmitStrategy } from '../dsl.ts';
import type { Aggregation } from './aggregation.ts';
import type { AggregationKind } from './aggregation-kind.ts';
import { addProcessor } from './builder-context.ts';
import type { Grouping, StoreOptions } from './grouping.ts';
import type { OldValues, TableOrigin } from './table-origin.ts';

export interface AggregateTableOptions {
  readonly store: StoreOptions;
  readonly kind: AggregationKind;
  readonly aggregation: Aggregation;
  readonly emit: EmitStrategy;
}

/** Adds an aggregation of a grouped stream, with its store and, when needed, its repartition topic. */
export function addAggregateTable(grouping: Grouping, options: AggregateTableOptions): TableOrigin {
  const { store, kind, aggregation, emit } = options;
  const { name } = store;
  const { context } = grouping;
  const origin = grouping.partitioned(name);
  const key = grouping.keySerde(store);
  const oldValues: OldValues = { enabled: false };
  context.graph.addStore(kind.store(store, key, emit));
  const supplier = kind.supplier({ store: name, key, aggregation, oldValues, emit });
  const node = addProcessor(context, `${name}-aggregate`, [origin.node], supplier, [name]);
  if (kind.closesAfterMs !== null) context.graph.windowCloses.set(node, kind.closesAfterMs);
  return {
    node,
    key: kind.resultKey(key),
    value: store.value,
    sources: origin.sources,
    store: name,
    versioned: store.historyRetentionMs !== undefined,
    enableOldValues() {
      oldValues.enabled = true;
      return true;
    },
    valueGetter: () => kind.getter(name),
  };
}
