import type { Materialized } from '../dsl-options.ts';
import type { Processor, ProcessorContext, ProcessorSupplier } from '../processor.ts';
import type { StreamRecord } from '../record.ts';
import type { Serde } from '../serdes.ts';
import type { TimestampedKeyValueStore } from '../state-stores.ts';
import { Stores } from '../store-builder.ts';
import { addProcessor, type BuilderContext, requireSerde } from './builder-context.ts';
import type { Change } from './change.ts';
import { type OldValues, storeGetter, type TableOrigin, type ValueGetterSupplier } from './table-origin.ts';

/** A step from rows to rows: a new value, or null for no row. */
export type RowStep = (key: unknown, value: unknown) => unknown;

export interface TableStepOptions {
  readonly name: string;
  readonly materialized: Materialized<unknown, unknown> | null;
  readonly value: Serde<unknown> | null;
  /** A filter says nothing about rows that were not there before and are not there now. */
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
    context.graph.addStore(
      Stores.timestampedKeyValueStore(materialized.name, {
        key,
        value: materialized.value,
        logged: materialized.logged ?? true,
      }),
    );
    stores.push(materialized.name);
  }
  const store = materialized?.name ?? null;
  const supplier = tableStep(step, store, oldValues, options.skipEmptyChanges);
  return {
    node: addProcessor(context, options.name, [parent.node], supplier, stores),
    key: parent.key,
    value: materialized?.value ?? options.value,
    sources: parent.sources,
    store,
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
      return (key) => {
        const row = rows(key);
        const value = row === null ? null : (step(key, row.value) ?? null);
        return row === null || value === null ? null : { value, timestamp: row.timestamp };
      };
    },
  };
}

function tableStep(
  step: RowStep,
  store: string | null,
  oldValues: OldValues,
  skipEmptyChanges: boolean,
): ProcessorSupplier<unknown, unknown, unknown, unknown> {
  const apply = (key: unknown, value: unknown): unknown =>
    value === null ? null : (step(key, value) ?? null);
  return (): Processor => {
    let process: Processor['process'] = () => undefined;
    return {
      init(context) {
        const emit = tableForwarder(context, store, oldValues);
        process = (record) => {
          const change = record.value as Change<unknown>;
          const newValue = apply(record.key, change.newValue);
          const before = store === null && oldValues.enabled ? apply(record.key, change.oldValue) : null;
          if (skipEmptyChanges && oldValues.enabled && newValue === null) {
            const gone = store === null ? before : apply(record.key, change.oldValue);
            if (gone === null) return;
          }
          emit(record, newValue, before);
        };
      },
      process: (record) => process(record),
    };
  };
}

/** Keeps a row in the table's own store, when it has one, and forwards the change. */
export function tableForwarder(
  context: ProcessorContext,
  store: string | null,
  oldValues: OldValues,
): (record: StreamRecord<unknown, unknown>, newValue: unknown, oldValue: unknown) => void {
  const rows =
    store === null ? null : context.getStateStore<TimestampedKeyValueStore<unknown, unknown>>(store);
  return (record, newValue, oldValue) => {
    let before = oldValue;
    if (rows !== null) {
      before = oldValues.enabled ? (rows.get(record.key)?.value ?? null) : null;
      rows.put(record.key, newValue === null ? null : { value: newValue, timestamp: record.timestamp });
    }
    context.forward({ ...record, value: { newValue, oldValue: before } });
  };
}
