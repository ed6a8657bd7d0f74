import type { Materialized } from '../dsl-options.ts';
import { TopologyError } from '../errors.ts';
import type { Processor, ProcessorContext, ProcessorSupplier, ValueTransformer } from '../processor.ts';
import { addProcessor, type BuilderContext, requireSerde } from './builder-context.ts';
import type { Change } from './change.ts';
import type { OldValues, TableOrigin, ValueGetterSupplier } from './table-origin.ts';
import { storeGetter } from './table-origin.ts';
import { rowForwarder } from './table-steps.ts';
import { tableStore, tableStoreBuilder } from './table-store.ts';

type Transformer = ValueTransformer<unknown, unknown, unknown>;
type TransformerSupplier = () => Transformer;

export interface TableTransformOptions {
  readonly name: string;
  readonly stores: readonly string[];
  readonly materialized: Materialized<unknown, unknown> | null;
}

/**
 * Adds `transformValues` of a table. The transformer sees deletions too. Without a store of its own, old values
 * and lookups are transformed anew. (Kafka Streams: `KTableTransformValues`.)
 */
export function addTableTransform(
  context: BuilderContext,
  parent: TableOrigin,
  supplier: TransformerSupplier,
  { name, stores, materialized }: TableTransformOptions,
): TableOrigin {
  const oldValues: OldValues = { enabled: false };
  const store = materialized?.name ?? null;
  if (materialized !== null) {
    const key = requireSerde(materialized.key, parent.key, `The key of store "${materialized.name}"`);
    context.graph.addStore(tableStoreBuilder(materialized.name, key, materialized.value, materialized));
  }
  const used = store === null ? stores : [...stores, store];
  return {
    node: addProcessor(context, name, [parent.node], transform(supplier, store, oldValues), used),
    key: parent.key,
    value: materialized?.value ?? null,
    sources: parent.sources,
    store,
    versioned: materialized === null ? parent.versioned : materialized.historyRetentionMs !== undefined,
    enableOldValues(force) {
      if (!oldValues.enabled) oldValues.enabled = store !== null || parent.enableOldValues(force);
      return oldValues.enabled;
    },
    valueGetter: () =>
      store === null ? transformedGetter(parent.valueGetter(), supplier, stores) : storeGetter(store),
  };
}

function transform(
  supplier: TransformerSupplier,
  store: string | null,
  oldValues: OldValues,
): ProcessorSupplier {
  return (): Processor => {
    const transformer = supplier();
    let process: Processor['process'] = () => undefined;
    return {
      init(context) {
        transformer.init?.(withoutForwarding(context));
        const rows = store === null ? null : tableStore(context, store);
        const emit = rowForwarder(context, rows);
        process = (record) => {
          const change = record.value as Change<unknown>;
          const apply = (value: unknown): unknown => transformer.transform(record.key, value) ?? null;
          const newValue = apply(change.newValue);
          const before = (): unknown =>
            rows === null ? apply(change.oldValue) : (rows.get(record.key)?.value ?? null);
          emit(record, { ...change, newValue, oldValue: oldValues.enabled ? before() : null });
        };
      },
      process: (record) => process(record),
      close: () => transformer.close?.(),
    };
  };
}

function transformedGetter(
  parent: ValueGetterSupplier,
  supplier: TransformerSupplier,
  stores: readonly string[],
): ValueGetterSupplier {
  return {
    stores: [...parent.stores, ...stores],
    get(context) {
      const rows = parent.get(context);
      const transformer = supplier();
      transformer.init?.(withoutForwarding(context));
      return (key, asOf) => {
        const row = rows(key, asOf);
        const value = transformer.transform(key, row?.value ?? null) ?? null;
        return value === null ? null : { value, timestamp: row?.timestamp ?? -1 };
      };
    },
  };
}

/** A transformer returns its value; it has nowhere to forward to. */
function withoutForwarding(context: ProcessorContext): ProcessorContext {
  return {
    applicationId: context.applicationId,
    taskId: context.taskId,
    partition: context.partition,
    forward() {
      throw new TopologyError('A value transformer returns its value; it cannot forward records.');
    },
    getStateStore: (name) => context.getStateStore(name),
    schedule: (intervalMs, type, callback) => context.schedule(intervalMs, type, callback),
    currentStreamTimeMs: () => context.currentStreamTimeMs(),
    currentSystemTimeMs: () => context.currentSystemTimeMs(),
    recordMetadata: () => context.recordMetadata(),
    commit: () => context.commit(),
    awaitBeforeCommit: (work) => context.awaitBeforeCommit(work),
    recordDropped: (reason) => context.recordDropped(reason),
  };
}
