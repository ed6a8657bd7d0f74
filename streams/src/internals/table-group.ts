import type { KeyValue } from '../dsl-options.ts';
import type { Processor, ProcessorSupplier } from '../processor.ts';
import type { StreamRecord } from '../record.ts';
import type { Serde } from '../serdes.ts';
import { stateless } from './builder-context.ts';
import { type Change, isOutOfOrder } from './change.ts';
import { compareBytes } from './ordered-byte-map.ts';
import type { OldValues } from './table-origin.ts';
import { rowForwarder } from './table-steps.ts';
import { tableStore } from './table-store.ts';

export type GroupMapper = (key: unknown, value: unknown) => KeyValue<unknown, unknown>;

/** How values come into and out of an aggregate; without `initial` the first value is the aggregate. */
export interface TableAggregation {
  readonly initial: (() => unknown) | null;
  readonly add: (key: unknown, value: unknown, aggregate: unknown) => unknown;
  readonly remove: (key: unknown, value: unknown, aggregate: unknown) => unknown;
}

/**
 * Turns a change of a row into changes of its groups: what leaves comes first. Rows whose group or value is
 * null belong to none. (Kafka Streams: `KTableRepartitionMap`.)
 */
export function groupChanges(
  mapper: GroupMapper,
  key: Serde<unknown>,
  skipsOutOfOrder: boolean,
): ProcessorSupplier {
  const grouped = (
    record: StreamRecord<unknown, unknown>,
    value: unknown,
  ): KeyValue<unknown, unknown> | null => {
    if (value === null) return null;
    const [group, mapped] = mapper(record.key, value);
    return (group ?? null) === null || (mapped ?? null) === null ? null : [group, mapped];
  };
  const same = (one: unknown, two: unknown): boolean =>
    one === two || compareBytes(key.serialize(one), key.serialize(two)) === 0;
  return stateless((record, forward) => {
    const change = record.value as Change<unknown>;
    if (skipsOutOfOrder && isOutOfOrder(change)) return;
    const added = grouped(record, change.newValue);
    const removed = grouped(record, change.oldValue);
    const emit = (group: unknown, newValue: unknown, oldValue: unknown): void =>
      forward({ ...record, key: group, value: { ...change, newValue, oldValue } });
    if (added !== null && removed !== null && same(added[0], removed[0])) {
      emit(removed[0], added[1], removed[1]);
      return;
    }
    if (removed !== null) emit(removed[0], null, removed[1]);
    if (added !== null) emit(added[0], added[1], null);
  });
}

/** Keeps the aggregate of each group (Kafka Streams: `KTableAggregate`, `KTableReduce`). */
export function tableAggregate(
  store: string,
  aggregation: TableAggregation,
  oldValues: OldValues,
): ProcessorSupplier {
  const { initial, add, remove } = aggregation;
  const taken = (key: unknown, value: unknown, aggregate: unknown): unknown =>
    value === null || aggregate === null ? aggregate : (remove(key, value, aggregate) ?? null);
  const given = (key: unknown, value: unknown, aggregate: unknown): unknown => {
    if (value === null) return aggregate;
    if (aggregate === null && initial === null) return value;
    return add(key, value, aggregate ?? initial?.()) ?? null;
  };
  return (): Processor => {
    let process: Processor['process'] = () => undefined;
    return {
      init(context) {
        const rows = tableStore(context, store);
        const emit = rowForwarder(context, rows);
        process = (record) => {
          const { key } = record;
          const change = record.value as Change<unknown>;
          const old = rows.get(key);
          const aggregate = old?.value ?? null;
          const newValue = given(key, change.newValue, taken(key, change.oldValue, aggregate));
          const timestamp = Math.max(record.timestamp, old?.timestamp ?? -1);
          emit({ ...record, timestamp }, { newValue, oldValue: oldValues.enabled ? aggregate : null });
        };
      },
      process: (record) => process(record),
    };
  };
}
