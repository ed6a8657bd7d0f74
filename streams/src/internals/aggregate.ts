import type { Processor, ProcessorSupplier } from '../processor.ts';
import type { TimestampedKeyValueStore, TimestampedWindowStore } from '../state-stores.ts';
import type { TimeWindows } from '../windows.ts';
import type { OldValues } from './table-origin.ts';

/** An aggregation: `initial` makes the first aggregate, or is null when the first value is it. */
export interface Aggregation {
  readonly initial: (() => unknown) | null;
  readonly add: (key: unknown, value: unknown, aggregate: unknown) => unknown;
}

export const counting: Aggregation = {
  initial: () => 0,
  add: (_key, _value, count) => (typeof count === 'number' ? count + 1 : 1),
};

export function reducing(reducer: (aggregate: unknown, value: unknown) => unknown): Aggregation {
  return { initial: null, add: (_key, value, aggregate) => reducer(aggregate, value) };
}

function apply(aggregation: Aggregation, key: unknown, value: unknown, old: unknown): unknown {
  if (old !== null) return aggregation.add(key, value, old) ?? null;
  if (aggregation.initial === null) return value;
  return aggregation.add(key, value, aggregation.initial()) ?? null;
}

/** Aggregates a grouped stream per key (Kafka Streams: `KStreamAggregate`, `KStreamReduce`). */
export function streamAggregate(
  store: string,
  aggregation: Aggregation,
  oldValues: OldValues,
): ProcessorSupplier {
  return (): Processor => {
    let process: Processor['process'] = () => undefined;
    return {
      init(context) {
        const rows = context.getStateStore<TimestampedKeyValueStore<unknown, unknown>>(store);
        process = (record) => {
          const { key, value } = record;
          if ((key ?? null) === null || (value ?? null) === null) {
            context.recordDropped((key ?? null) === null ? 'null-key' : 'null-value');
            return;
          }
          const old = rows.get(key);
          const timestamp = old === null ? record.timestamp : Math.max(record.timestamp, old.timestamp);
          const newValue = apply(aggregation, key, value, old === null ? null : old.value);
          rows.put(key, newValue === null ? null : { value: newValue, timestamp });
          const oldValue = oldValues.enabled && old !== null ? old.value : null;
          context.forward({ key, value: { newValue, oldValue }, timestamp, headers: record.headers });
        };
      },
      process: (record) => process(record),
    };
  };
}

/**
 * Aggregates per key and time window (Kafka Streams: `KStreamWindowAggregate`). Stream time moves
 * before the check for late windows; a record may be late for one window and in time for another.
 */
export function windowAggregate(
  store: string,
  windows: TimeWindows,
  aggregation: Aggregation,
  oldValues: OldValues,
): ProcessorSupplier {
  return (): Processor => {
    let observedStreamTime = -1;
    let process: Processor['process'] = () => undefined;
    return {
      init(context) {
        const rows = context.getStateStore<TimestampedWindowStore<unknown, unknown>>(store);
        process = (record) => {
          const { key, value } = record;
          if ((key ?? null) === null) {
            context.recordDropped('null-key');
            return;
          }
          observedStreamTime = Math.max(observedStreamTime, record.timestamp);
          const closed = observedStreamTime - windows.graceMs;
          for (const start of windows.windowsFor(record.timestamp)) {
            const end = start + windows.sizeMs;
            if (end <= closed) {
              context.recordDropped('late');
              continue;
            }
            const old = rows.fetch(key, start);
            const timestamp = old === null ? record.timestamp : Math.max(record.timestamp, old.timestamp);
            const newValue = apply(aggregation, key, value, old === null ? null : old.value);
            rows.put(key, newValue === null ? null : { value: newValue, timestamp }, start);
            const oldValue = oldValues.enabled && old !== null ? old.value : null;
            context.forward({
              key: { key, window: { start, end } },
              value: { newValue, oldValue },
              timestamp,
              headers: record.headers,
            });
          }
        };
      },
      process: (record) => process(record),
    };
  };
}
