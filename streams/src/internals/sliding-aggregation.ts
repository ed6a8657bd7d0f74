import type { Processor, ProcessorContext, ProcessorSupplier } from '../processor.ts';
import type { StreamRecord } from '../record.ts';
import type { Serde } from '../serdes.ts';
import type { SlidingWindows } from '../sliding-windows.ts';
import type { ValueAndTimestamp } from '../state-stores.ts';
import { timeWindowedSerde } from '../windowed-serdes.ts';
import { type Aggregation, step } from './aggregation.ts';
import type { AggregationKind, AggregationStep } from './aggregation-kind.ts';
import { engineContext } from './engine-context.ts';
import { windowStoreGetter } from './table-origin.ts';
import { aggregateWindowStore, timeWindowCloser, type WindowRows } from './time-aggregation.ts';
import type { CloseRange, WindowCloseEmitter } from './window-close.ts';

type Row = ValueAndTimestamp<unknown>;
type Input = StreamRecord<unknown, unknown>;

/** Aggregation in sliding windows. Windows up to two differences back are needed to make new ones. */
export function bySlidingWindow(windows: SlidingWindows): AggregationKind {
  const { timeDifferenceMs, graceMs } = windows;
  return {
    store: (options, key, emit) =>
      aggregateWindowStore(options, {
        key,
        emit,
        windowSizeMs: timeDifferenceMs,
        minimumMs: 2 * timeDifferenceMs + graceMs,
      }),
    resultKey: (key) => timeWindowedSerde(key, timeDifferenceMs) as Serde<unknown>,
    getter: windowStoreGetter,
    supplier: (options) => slidingAggregate(windows, options),
    closesAfterMs: graceMs,
  };
}

function slidingAggregate(windows: SlidingWindows, options: AggregationStep): ProcessorSupplier {
  return (): Processor => {
    let processor: SlidingAggregate | null = null;
    return {
      init(context) {
        processor = new SlidingAggregate(windows, options, context);
      },
      process: (record) => processor?.process(record),
    };
  };
}

/** What is found around a record among the windows of its key. */
interface Neighbours {
  readonly starts: Set<number>;
  /** The latest window that ends before the record: its left window may continue it. */
  before: Row | null;
  /** The window that holds the record and what follows it: its right window begins as a copy. */
  after: Row | null;
  leftExists: boolean;
  rightExists: boolean;
  /** Timestamp of the record before this one. */
  previous: number | null;
}

/**
 * Kafka Streams: `KStreamSlidingWindowAggregate`. A record at `t` makes the window that ends with it,
 * `[t - difference, t]`, and its own right window `[t + 1, t + 1 + difference]` once something follows.
 * A row's timestamp is that of the newest record in its window.
 */
class SlidingAggregate {
  readonly #difference: number;
  readonly #grace: number;
  readonly #context: ProcessorContext;
  readonly #aggregation: Aggregation;
  readonly #sendsOldValues: boolean;
  readonly #rows: WindowRows;
  readonly #closer: WindowCloseEmitter | null;
  #observedStreamTime = -1;

  constructor(windows: SlidingWindows, options: AggregationStep, context: ProcessorContext) {
    this.#difference = windows.timeDifferenceMs;
    this.#grace = windows.graceMs;
    this.#context = context;
    this.#aggregation = options.aggregation;
    this.#sendsOldValues = options.oldValues.enabled;
    this.#rows = context.getStateStore<WindowRows>(options.store);
    this.#closer =
      options.emit === 'on-window-update'
        ? null
        : timeWindowCloser(engineContext(context), options, this.#rows, (last, closeTime) =>
            this.#closed(last, closeTime),
          );
  }

  process(record: Input): void {
    if ((record.key ?? null) === null || (record.value ?? null) === null) {
      this.#context.recordDropped((record.key ?? null) === null ? 'null-key' : 'null-value');
      return;
    }
    this.#observedStreamTime = Math.max(this.#observedStreamTime, record.timestamp);
    if (record.timestamp + this.#difference < this.#closeTime()) {
      this.#context.recordDropped('late');
      return;
    }
    if (record.timestamp < this.#difference) {
      this.#processEarly(record);
      return;
    }
    const found = this.#updateExisting(record);
    if (found !== null) this.#createWindows(record, found);
    this.#closer?.emit(record, this.#closeTime());
  }

  /** Adds the record to the windows that hold it, newest first. Null when no window is missing. */
  #updateExisting(record: Input): Neighbours | null {
    const { timestamp } = record;
    const found = neighbours();
    const from = Math.max(0, timestamp - 2 * this.#difference);
    for (const [start, row] of [...this.#rows.fetchRange(record.key, from, timestamp + 1)].reverse()) {
      const end = start + this.#difference;
      found.starts.add(start);
      if (start === timestamp + 1) {
        found.rightExists = true;
      } else if (end > timestamp) {
        found.after ??= row;
        this.#update(record, start, row);
      } else if (end === timestamp) {
        found.leftExists = true;
        this.#update(record, start, row);
        // Another record has this very timestamp: all windows around it are there.
        if (row.timestamp >= timestamp) return null;
        found.previous = row.timestamp;
      } else {
        found.before = row;
        found.previous = row.timestamp;
        break;
      }
    }
    return found;
  }

  #createWindows(record: Input, found: Neighbours): void {
    const { timestamp } = record;
    const { previous } = found;
    if (
      previous !== null &&
      !found.starts.has(previous + 1) &&
      previous + 1 + this.#difference >= timestamp
    ) {
      this.#update(record, previous + 1, null);
    }
    if (!found.leftExists) {
      const continues = previous !== null && timestamp - this.#difference <= previous;
      const row = continues && found.before !== null ? { value: found.before.value, timestamp } : null;
      this.#update(record, timestamp - this.#difference, row);
    }
    this.#createRight(record, found);
  }

  /** Windows cannot start before 0: early records share `[0, difference]` and have right windows. */
  #processEarly(record: Input): void {
    const { timestamp } = record;
    const found = neighbours();
    let shared: Row | null = null;
    for (const [start, row] of [...this.#rows.fetchRange(record.key, 0, timestamp + 1)]) {
      found.starts.add(start);
      if (start === 0) {
        shared = row;
        if (row.timestamp < timestamp) found.previous = row.timestamp;
      } else if (start <= timestamp) {
        found.after = row;
        this.#update(record, start, row);
      } else {
        found.rightExists = true;
      }
    }
    if (found.after === null && shared !== null && shared.timestamp > timestamp) found.after = shared;
    this.#createRight(record, found);
    const { previous } = found;
    if (previous !== null && !found.starts.has(previous + 1)) this.#update(record, previous + 1, null);
    this.#update(record, 0, shared);
  }

  /** The record's right window begins with what follows the record. */
  #createRight({ key, timestamp, headers }: Input, { after, rightExists }: Neighbours): void {
    if (rightExists || after === null || after.timestamp <= timestamp) return;
    const start = timestamp + 1;
    this.#rows.put(key, after, start);
    this.#written({ key, timestamp: after.timestamp, headers }, start, after.value, null);
  }

  /** Adds the record to a window; `row` is null when the window is new and empty. */
  #update(record: Input, start: number, row: Row | null): void {
    if (start + this.#difference < this.#closeTime()) {
      this.#context.recordDropped('late');
      return;
    }
    const { key, headers } = record;
    const { before, after } = step(this.#aggregation, key, record.value, row === null ? null : row.value);
    const timestamp = row === null ? record.timestamp : Math.max(record.timestamp, row.timestamp);
    this.#rows.put(key, after === null ? null : { value: after, timestamp }, start);
    this.#written({ key, timestamp, headers }, start, after, before);
  }

  #written(
    { key, timestamp, headers }: Omit<Input, 'value'>,
    start: number,
    newValue: unknown,
    before: unknown,
  ): void {
    const windowed = { key, window: { start, end: start + this.#difference } };
    if (this.#closer !== null) {
      this.#closer.remember(windowed);
      return;
    }
    const value = { newValue, oldValue: this.#sendsOldValues ? before : null };
    this.#context.forward({ key: windowed, value, timestamp, headers });
  }

  #closeTime(): number {
    return this.#observedStreamTime - this.#grace;
  }

  #closed(last: number | null, closeTime: number): CloseRange | null {
    const to = closeTime - this.#difference - 1;
    if (to < 0) return null;
    return { from: last === null ? 0 : Math.max(0, last - this.#difference), to };
  }
}

function neighbours(): Neighbours {
  return {
    starts: new Set(),
    before: null,
    after: null,
    leftExists: false,
    rightExists: false,
    previous: null,
  };
}
