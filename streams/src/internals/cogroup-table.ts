import type { Aggregation } from './aggregation.ts';
import type { AggregationKind } from './aggregation-kind.ts';
import { addProcessor, stateless } from './builder-context.ts';
import type { CogroupMembers } from './cogroup-members.ts';
import type { StoreOptions } from './grouping.ts';
import type { OldValues, TableOrigin } from './table-origin.ts';

export interface CogroupTableOptions {
  readonly members: CogroupMembers;
  readonly store: StoreOptions;
  readonly kind: AggregationKind;
  readonly initial: Aggregation['initial'];
  readonly merge: Aggregation['merge'];
}

/** Aggregates several grouped streams into one store; each has a processor, and all end in one table. */
export function addCogroupTable(options: CogroupTableOptions): TableOrigin {
  const { members, store, kind, initial, merge } = options;
  const { name } = store;
  const { first } = members;
  const { graph } = first.context;
  const origins = members.partitioned(name);
  const sources = new Set(origins.flatMap((origin) => [...origin.sources]));
  if (origins.length > 1) graph.copartitioned.push(sources);
  const key = first.keySerde(store);
  const oldValues: OldValues = { enabled: false };
  graph.addStore(kind.store(store, key, 'on-window-update'));
  const nodes = members.adders.map((add, index) => {
    const aggregation: Aggregation = { initial, add, merge };
    const supplier = kind.supplier({ store: name, key, aggregation, oldValues, emit: 'on-window-update' });
    const parents = [origins[index]?.node ?? ''];
    const node = addProcessor(first.context, `${name}-cogroup-agg-${index}`, parents, supplier, [name]);
    if (kind.closesAfterMs !== null) graph.windowCloses.set(node, kind.closesAfterMs);
    return node;
  });
  // Kafka Streams tells windows of cogrouped streams from no other step: they are what comes into them.
  const versioned =
    kind.closesAfterMs === null
      ? store.historyRetentionMs !== undefined
      : origins.every((origin) => origin.versioned);
  const pass = stateless((record, forward) => forward(record));
  return {
    node: addProcessor(first.context, `${name}-cogroup-merge`, nodes, pass),
    key: kind.resultKey(key),
    value: store.value,
    sources,
    store: name,
    versioned,
    enableOldValues() {
      oldValues.enabled = true;
      return true;
    },
    valueGetter: () => kind.getter(name),
  };
}
