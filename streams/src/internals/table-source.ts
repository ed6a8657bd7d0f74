import type { Processor, ProcessorSupplier } from '../processor.ts';
import type { TimestampedKeyValueStore } from '../state-stores.ts';
import type { StoreBuilder } from '../store-builder.ts';
import { addProcessor, type BuilderContext, type Origin } from './builder-context.ts';
import { type OldValues, storeGetter, type TableOrigin } from './table-origin.ts';

/** How a table made from records is kept. */
export interface TableSourceOptions {
  readonly name: string;
  readonly storeName: string;
  /** Makes the store; called once at most. */
  readonly store: () => StoreBuilder;
  /** True: the store is there from the start, and can be queried. */
  readonly queryable: boolean;
}

/** Reads records as a table: each is the new row of its key. The store is made when it is needed. */
export function addTableSource(
  context: BuilderContext,
  origin: Origin,
  options: TableSourceOptions,
): TableOrigin {
  const oldValues: OldValues = { enabled: false };
  const materialized = { store: null as string | null };
  const node = addProcessor(context, options.name, [origin.node], tableSource(materialized, oldValues));
  const materialize = (): void => {
    if (materialized.store !== null) return;
    materialized.store = options.storeName;
    context.graph.addStore(options.store());
    context.graph.connect(node, [options.storeName]);
  };
  if (options.queryable) materialize();
  return {
    node,
    key: origin.key,
    value: origin.value,
    sources: origin.sources,
    store: options.queryable ? options.storeName : null,
    enableOldValues(force) {
      if (!force && materialized.store === null) return false;
      materialize();
      oldValues.enabled = true;
      return true;
    },
    valueGetter() {
      materialize();
      return storeGetter(options.storeName);
    },
  };
}

/** Out-of-order rows are applied all the same: the last offset wins, as in Kafka Streams. */
function tableSource(
  materialized: { readonly store: string | null },
  oldValues: OldValues,
): ProcessorSupplier {
  return (): Processor => {
    let step: Processor['process'] = () => undefined;
    return {
      init(context) {
        const { store } = materialized;
        const rows =
          store === null ? null : context.getStateStore<TimestampedKeyValueStore<unknown, unknown>>(store);
        step = (record) => {
          const { key, value, timestamp } = record;
          if ((key ?? null) === null) {
            context.recordDropped('null-key');
            return;
          }
          const newValue = value ?? null;
          const oldValue = rows !== null && oldValues.enabled ? (rows.get(key)?.value ?? null) : null;
          rows?.put(key, newValue === null ? null : { value: newValue, timestamp });
          context.forward({ ...record, value: { newValue, oldValue } });
        };
      },
      process: (record) => step(record),
    };
  };
}
