import type { Processor, ProcessorContext, ProcessorSupplier } from '../processor.ts';
import type { StreamRecord } from '../record.ts';
import type { KeyValueStore, StateStore, WindowStore } from '../state-stores.ts';
import type { JoinWindows } from '../windows.ts';
import type { WaitingKey, WaitingValue } from './outer-join-serdes.ts';

export interface JoinSideOptions {
  readonly joiner: (value: unknown, other: unknown, key: unknown) => unknown;
  readonly windows: JoinWindows;
  /** Names of the two window stores and, for left joins, of the store of unmatched records. */
  readonly leftStore: string;
  readonly rightStore: string;
  readonly waiting: string | null;
  readonly isLeft: boolean;
}

type WaitingStore = KeyValueStore<WaitingKey, readonly WaitingValue[]>;

const EMIT_INTERVAL_MS = 1000;

/** Time as both sides of one join in one task see it. */
class TimeTracker {
  streamTime = -1;
  /** Oldest record that waits for a partner. */
  minTime = Number.MAX_SAFE_INTEGER;
  nextTimeToEmit = 0;
}

const trackers = new WeakMap<StateStore, TimeTracker>();

function trackerOf(store: StateStore): TimeTracker {
  const tracker = trackers.get(store) ?? new TimeTracker();
  trackers.set(store, tracker);
  return tracker;
}

/**
 * One side of a stream-stream join (Kafka Streams: `KStreamKStreamJoin`). A left record without
 * partner waits until its window has closed; that is noticed when a record moves stream time, at
 * most once per second of wall-clock time.
 */
export function streamJoinSide(options: JoinSideOptions): ProcessorSupplier {
  return (): Processor => {
    let side: JoinSide | null = null;
    return {
      init(context) {
        side = new JoinSide(context, options);
      },
      process: (record) => side?.process(record),
    };
  };
}

class JoinSide {
  readonly #context: ProcessorContext;
  readonly #options: JoinSideOptions;
  readonly #other: WindowStore<unknown, unknown>;
  readonly #waiting: WaitingStore | null;
  readonly #time: TimeTracker;
  readonly #beforeMs: number;
  readonly #afterMs: number;

  constructor(context: ProcessorContext, options: JoinSideOptions) {
    const { windows, isLeft } = options;
    this.#context = context;
    this.#options = options;
    const left = context.getStateStore<WindowStore<unknown, unknown>>(options.leftStore);
    const right = context.getStateStore<WindowStore<unknown, unknown>>(options.rightStore);
    this.#other = isLeft ? right : left;
    this.#waiting = options.waiting === null ? null : context.getStateStore<WaitingStore>(options.waiting);
    this.#time = trackerOf(left);
    this.#beforeMs = isLeft ? windows.beforeMs : windows.afterMs;
    this.#afterMs = isLeft ? windows.afterMs : windows.beforeMs;
  }

  process(record: StreamRecord<unknown, unknown>): void {
    const { isLeft } = this.#options;
    const outer = isLeft && this.#waiting !== null;
    const value = record.value ?? null;
    const key = record.key ?? null;
    this.#time.streamTime = Math.max(this.#time.streamTime, record.timestamp);
    if (outer && key === null && value !== null) {
      this.#context.forward({ ...record, value: this.#join(value, null, null) });
      return;
    }
    if (key === null || value === null) {
      this.#context.recordDropped(key === null ? 'null-key' : 'null-value');
      return;
    }
    if (record.timestamp === this.#time.streamTime) this.#emitUnmatched(record);
    const from = Math.max(0, record.timestamp - this.#beforeMs);
    const to = Math.max(0, record.timestamp + this.#afterMs);
    let matched = false;
    for (const [timestamp, other] of this.#other.fetchRange(key, from, to)) {
      matched = true;
      this.#forget({ timestamp, left: !isLeft, key });
      this.#context.forward({
        ...record,
        value: this.#join(value, other, key),
        timestamp: Math.max(record.timestamp, timestamp),
      });
    }
    if (outer && !matched) this.#unmatched(record, key, value, to);
  }

  /** A partner came: the other record no longer waits. */
  #forget(key: WaitingKey): void {
    if (this.#waiting !== null && this.#waiting.get(key) !== null) this.#waiting.put(key, null);
  }

  #unmatched(record: StreamRecord<unknown, unknown>, key: unknown, value: unknown, windowEnd: number): void {
    if (windowEnd < this.#time.streamTime) {
      this.#context.forward({ ...record, value: this.#join(value, null, key) });
      return;
    }
    const waitingKey = { timestamp: record.timestamp, left: true, key };
    this.#time.minTime = Math.min(this.#time.minTime, record.timestamp);
    this.#waiting?.put(waitingKey, [...(this.#waiting.get(waitingKey) ?? []), { left: true, value }]);
  }

  #emitUnmatched(record: StreamRecord<unknown, unknown>): void {
    const store = this.#waiting;
    const time = this.#time;
    const { windows } = this.#options;
    if (store === null || time.minTime + this.#afterMs + windows.graceMs >= time.streamTime) return;
    const now = this.#context.currentSystemTimeMs();
    if (now < time.nextTimeToEmit) return;
    time.nextTimeToEmit = now + EMIT_INTERVAL_MS;
    time.minTime = Number.MAX_SAFE_INTEGER;
    for (const [key, values] of store.all()) {
      time.minTime = key.timestamp;
      if (key.timestamp + windows.afterMs + windows.graceMs >= time.streamTime) break;
      for (const { value } of values) {
        const joined = this.#options.joiner(value, null, key.key);
        this.#context.forward({ ...record, key: key.key, value: joined, timestamp: key.timestamp });
      }
      store.put(key, null);
    }
  }

  #join(value: unknown, other: unknown, key: unknown): unknown {
    const { joiner, isLeft } = this.#options;
    return isLeft ? joiner(value, other, key) : joiner(other, value, key);
  }
}
