import type { Materialized } from '../dsl-options.ts';
import type { Processor, ProcessorContext, ProcessorSupplier } from '../processor.ts';
import type { StreamRecord } from '../record.ts';
import type { Serde } from '../serdes.ts';
import { addProcessor, type BuilderContext, requireSerde } from './builder-context.ts';
import type { Change } from './change.ts';
import { type OldValues, storeGetter, type TableOrigin, type ValueGetterSupplier } from './table-origin.ts';
import { type TableStore, tableStore, tableStoreBuilder } from './table-store.ts';

/** A step from rows to rows: a new value, or null for no row. */
export type RowStep = (key: unknown, value: unknown) => unknown;

export interface TableStepOptions {
  readonly name: string;
  readonly materialized: Materialized<unknown, unknown> | null;
  readonly value: Serde<unknown> | null;
  /** A filter is silent about rows that were neither there before nor are there now, unless versioned. */
  readonly skipEmptyChanges: boolean;
}

/** Adds `filter` or `mapValues` of a table. Without a store of its own it asks its parent for rows. */
export function addTableStep(
  context: BuilderContext,
  parent: TableOrigin,
  step: RowStep,
  options: TableStepOptions,
): TableOrigin {
  const { materialized } = options;
  const oldValues: OldValues = {
    enabled: options.skipEmptyChanges ? parent.enableOldValues(false) : false,
  };
  const stores: string[] = [];
  if (materialized !== null) {
    const key = requireSerde(materialized.key, parent.key, `The key of store "${materialized.name}"`);
    context.graph.addStore(tableStoreBuilder(materialized.name, key, materialized.value, materialized));
    stores.push(materialized.name);
  }
  const store = materialized?.name ?? null;
  const { versioned } = parent;
  const supplier = tableStep(step, {
    store,
    oldValues,
    skipEmptyChanges: options.skipEmptyChanges && !versioned,
  });
  return {
    node: addProcessor(context, options.name, [parent.node], supplier, stores),
    key: parent.key,
    value: materialized?.value ?? options.value,
    sources: parent.sources,
    store,
    versioned: materialized === null ? versioned : materialized.historyRetentionMs !== undefined,
    enableOldValues(force) {
      if (!oldValues.enabled) oldValues.enabled = store !== null || parent.enableOldValues(force);
      return oldValues.enabled;
    },
    valueGetter: () => (store === null ? mappedGetter(parent.valueGetter(), step) : storeGetter(store)),
  };
}

function mappedGetter(parent: ValueGetterSupplier, step: RowStep): ValueGetterSupplier {
  return {
    stores: parent.stores,
    get(context) {
      const rows = parent.get(context);
      return (key, asOf) => {
        const row = rows(key, asOf);
        const value = row === null ? null : (step(key, row.value) ?? null);
        return row === null || value === null ? null : { value, timestamp: row.timestamp };
      };
    },
  };
}

interface StepOptions {
  readonly store: string | null;
  readonly oldValues: OldValues;
  readonly skipEmptyChanges: boolean;
}

/** Kafka Streams: `KTableFilter`, `KTableMapValues`. */
function tableStep(step: RowStep, { store, oldValues, skipEmptyChanges }: StepOptions): ProcessorSupplier {
  const apply = (key: unknown, value: unknown): unknown =>
    value === null ? null : (step(key, value) ?? null);
  return (): Processor => {
    let process: Processor['process'] = () => undefined;
    return {
      init(context) {
        const rows = store === null ? null : tableStore(context, store);
        const emit = rowForwarder(context, rows);
        process = (record) => {
          const change = record.value as Change<unknown>;
          const newValue = apply(record.key, change.newValue);
          const before = (): unknown =>
            rows === null ? apply(record.key, change.oldValue) : (rows.get(record.key)?.value ?? null);
          const oldValue = oldValues.enabled ? before() : null;
          if (skipEmptyChanges && oldValues.enabled && newValue === null && oldValue === null) return;
          emit(record, { ...change, newValue, oldValue });
        };
      },
      process: (record) => process(record),
    };
  };
}

/** Keeps a row in the table's own store, when it has one, and forwards the change. */
export function rowForwarder(
  context: ProcessorContext,
  rows: TableStore | null,
): (record: StreamRecord<unknown, unknown>, change: Change<unknown>) => void {
  return (record, change) => {
    if (rows === null) {
      context.forward({ ...record, value: change });
      return;
    }
    const put = rows.put(record.key, change.newValue, record.timestamp);
    if (put !== 'expired') context.forward({ ...record, value: { ...change, isLatest: put === 'latest' } });
  };
}
