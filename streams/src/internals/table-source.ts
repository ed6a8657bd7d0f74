import type { Processor, ProcessorSupplier } from '../processor.ts';
import type { StoreBuilder } from '../store-builder.ts';
import { addProcessor, type BuilderContext, type Origin } from './builder-context.ts';
import { type OldValues, storeGetter, type TableOrigin } from './table-origin.ts';
import { rowForwarder } from './table-steps.ts';
import { tableStore } from './table-store.ts';

/** How a table made from records is kept. */
export interface TableSourceOptions {
  readonly name: string;
  readonly storeName: string;
  /** Makes the store; called once at most. */
  readonly store: () => StoreBuilder;
  /** True: the store is there from the start, and can be queried. */
  readonly queryable: boolean;
  /** True: the store keeps versions, so it is made in any case. */
  readonly versioned: boolean;
}

/** Reads records as a table: each is the new row of its key. The store is made when it is needed. */
export function addTableSource(
  context: BuilderContext,
  origin: Omit<Origin, 'versioned'>,
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
  if (options.queryable || options.versioned) materialize();
  return {
    node,
    key: origin.key,
    value: origin.value,
    sources: origin.sources,
    store: options.queryable ? options.storeName : null,
    versioned: options.versioned,
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

/**
 * Out-of-order rows are applied all the same, the last offset wins, unless the store keeps versions
 * (Kafka Streams: `KTableSource`).
 */
function tableSource(
  materialized: { readonly store: string | null },
  oldValues: OldValues,
): ProcessorSupplier {
  return (): Processor => {
    let step: Processor['process'] = () => undefined;
    return {
      init(context) {
        const { store } = materialized;
        const rows = store === null ? null : tableStore(context, store);
        const emit = rowForwarder(context, rows);
        step = (record) => {
          if ((record.key ?? null) === null) {
            context.recordDropped('null-key');
            return;
          }
          const oldValue = oldValues.enabled ? (rows?.get(record.key)?.value ?? null) : null;
          emit(record, { newValue: record.value ?? null, oldValue });
        };
      },
      process: (record) => step(record),
    };
  };
}
