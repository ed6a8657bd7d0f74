import type { EmitStrategy } from '../dsl.ts';
import { TopologyError } from '../errors.ts';
import type { Processor, ProcessorSupplier } from '../processor.ts';
import type { Serde } from '../serdes.ts';
import type { TimestampedWindowStore, Windowed } from '../state-stores.ts';
import { Stores, type WindowStoreBuilder } from '../store-builder.ts';
import { timeWindowedSerde } from '../windowed-serdes.ts';
import type { TimeWindows } from '../windows.ts';
import { step } from './aggregation.ts';
import type { AggregationKind, AggregationStep } from './aggregation-kind.ts';
import { type EngineContext, engineContext } from './engine-context.ts';
import type { StoreOptions } from './grouping.ts';
import { windowStoreGetter } from './table-origin.ts';
import { type CloseRange, timeBytes, WindowCloseEmitter } from './window-close.ts';

export type WindowRows = TimestampedWindowStore<unknown, unknown>;

/** Aggregation in tumbling or hopping windows. */
export function byTimeWindow(windows: TimeWindows): AggregationKind {
  const { sizeMs, graceMs } = windows;
  return {
    store: (options, key, emit) =>
      aggregateWindowStore(options, { key, emit, windowSizeMs: sizeMs, minimumMs: sizeMs + graceMs }),
    resultKey: (key) => timeWindowedSerde(key, sizeMs) as Serde<unknown>,
    getter: windowStoreGetter,
    supplier: (options) => timeAggregate(windows, options),
    closesAfterMs: graceMs,
  };
}

interface WindowStoreShape {
  readonly key: Serde<unknown>;
  readonly emit: EmitStrategy;
  readonly windowSizeMs: number;
  readonly minimumMs: number;
}

/** Windows that are emitted when they close can be read one ms longer, as in Kafka Streams. */
export function aggregateWindowStore(
  { name, value, logged = true, inMemory = false, retentionMs: wanted }: StoreOptions,
  { key, emit, windowSizeMs, minimumMs }: WindowStoreShape,
): WindowStoreBuilder {
  const retentionMs = checkedRetention(name, wanted, minimumMs);
  const shape = { key, value, logged, inMemory, windowSizeMs, retentionMs };
  const builder = Stores.timestampedWindowStore(name, shape);
  return emit === 'on-window-update' ? builder : { ...builder, readableMs: retentionMs + 1 };
}

export function checkedRetention(name: string, retentionMs: number | undefined, minimumMs: number): number {
  if (retentionMs === undefined || retentionMs >= minimumMs) return retentionMs ?? minimumMs;
  throw new TopologyError(
    `Store "${name}" keeps windows for ${retentionMs} ms, less than their size plus grace asks for ` +
      `(${minimumMs} ms).`,
  );
}

/** Emits windows of a window store, by start and key. */
export function timeWindowCloser(
  context: EngineContext,
  { store, key }: AggregationStep,
  rows: WindowRows,
  closed: (last: number | null, closeTime: number) => CloseRange | null,
): WindowCloseEmitter {
  const order = (windowed: Windowed<unknown>): Uint8Array =>
    Buffer.concat([timeBytes(windowed.window.start), key.serialize(windowed.key)]);
  const row = (windowed: Windowed<unknown>) => rows.fetch(windowed.key, windowed.window.start);
  const options = {
    store,
    order,
    timeOf: (windowed: Windowed<unknown>) => windowed.window.start,
    closed,
    row,
  };
  const last = context.processorMetadata(store);
  const from = last === null ? 0 : (closed(last, Number.MAX_SAFE_INTEGER)?.from ?? 0);
  return new WindowCloseEmitter(context, options, rows.fetchAll(from, Number.MAX_SAFE_INTEGER));
}

/**
 * Kafka Streams: `KStreamWindowAggregate`. Stream time moves before the check for late windows; a
 * record may be late for one window and in time for another.
 */
function timeAggregate(windows: TimeWindows, options: AggregationStep): ProcessorSupplier {
  const { store, aggregation, oldValues, emit } = options;
  return (): Processor => {
    let observedStreamTime = -1;
    let process: Processor['process'] = () => undefined;
    return {
      init(context) {
        const rows = context.getStateStore<WindowRows>(store);
        const closer =
          emit === 'on-window-update'
            ? null
            : timeWindowCloser(engineContext(context), options, rows, (last, closeTime) =>
                closedTimeWindows(windows, last, closeTime),
              );
        process = (record) => {
          const { key, value } = record;
          if ((key ?? null) === null) {
            context.recordDropped('null-key');
            return;
          }
          observedStreamTime = Math.max(observedStreamTime, record.timestamp);
          const closeTime = observedStreamTime - windows.graceMs;
          for (const start of windows.windowsFor(record.timestamp)) {
            const end = start + windows.sizeMs;
            if (end <= closeTime) {
              context.recordDropped('late');
              continue;
            }
            const old = rows.fetch(key, start);
            const timestamp = old === null ? record.timestamp : Math.max(record.timestamp, old.timestamp);
            const { before, after } = step(aggregation, key, value ?? null, old === null ? null : old.value);
            rows.put(key, after === null ? null : { value: after, timestamp }, start);
            const windowed = { key, window: { start, end } };
            if (closer !== null) {
              closer.remember(windowed);
              continue;
            }
            const change = { newValue: after, oldValue: oldValues.enabled ? before : null };
            context.forward({ key: windowed, value: change, timestamp, headers: record.headers });
          }
          closer?.emit(record, closeTime);
        };
      },
      process: (record) => process(record),
    };
  };
}

function closedTimeWindows(windows: TimeWindows, last: number | null, closeTime: number): CloseRange | null {
  const to = closeTime - windows.sizeMs;
  if (to < 0) return null;
  const from = last === null ? 0 : Math.max(0, last - windows.sizeMs) + 1;
  if (last === null) return { from, to };
  const before = windows.windowsFor(from - 1);
  const after = windows.windowsFor(to);
  return before.length === after.length && before[0] === after[0] ? null : { from, to };
}
