import type { Processor, ProcessorContext, ProcessorSupplier } from '../processor.ts';
import type { StreamRecord } from '../record.ts';
import type { KeyValueStore, WindowStore } from '../state-stores.ts';
import type { JoinWindows } from '../windows.ts';
import { type EngineContext, engineContext } from './engine-context.ts';
import { type JoinTime, joinTimeOf } from './join-time.ts';
import type { WaitingKey, WaitingValue } from './outer-join-serdes.ts';

export interface JoinSideOptions {
  readonly joiner: (value: unknown, other: unknown, key: unknown) => unknown;
  readonly windows: JoinWindows;
  /** Names of the two window stores and, unless the join is inner, of the store of unmatched records. */
  readonly leftStore: string;
  readonly rightStore: string;
  readonly waiting: string | null;
  readonly isLeft: boolean;
  /** This side's records are emitted alone when no partner came. */
  readonly outer: boolean;
}

type WaitingStore = KeyValueStore<WaitingKey, readonly WaitingValue[]>;

/**
 * One side of a stream-stream join (Kafka Streams: `KStreamKStreamJoin`). A record without partner waits
 * until its window has closed; that is noticed when a record moves stream time, at most once per second
 * of wall-clock time.
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
  readonly #context: EngineContext;
  readonly #options: JoinSideOptions;
  readonly #other: WindowStore<unknown, unknown>;
  readonly #waiting: WaitingStore | null;
  readonly #time: JoinTime;
  readonly #beforeMs: number;
  readonly #afterMs: number;

  constructor(context: ProcessorContext, options: JoinSideOptions) {
    const { windows, isLeft } = options;
    this.#context = engineContext(context);
    this.#options = options;
    const left = context.getStateStore<WindowStore<unknown, unknown>>(options.leftStore);
    const right = context.getStateStore<WindowStore<unknown, unknown>>(options.rightStore);
    this.#other = isLeft ? right : left;
    this.#waiting = options.waiting === null ? null : context.getStateStore<WaitingStore>(options.waiting);
    this.#time = joinTimeOf(left);
    this.#beforeMs = isLeft ? windows.beforeMs : windows.afterMs;
    this.#afterMs = isLeft ? windows.afterMs : windows.beforeMs;
  }

  process(record: StreamRecord<unknown, unknown>): void {
    const { isLeft, outer } = this.#options;
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
    if (outer && !matched) this.#unmatched(record, to);
  }

  /** A partner came: the other record no longer waits. */
  #forget(key: WaitingKey): void {
    if (this.#waiting !== null && this.#waiting.get(key) !== null) this.#waiting.put(key, null);
  }

  #unmatched(record: StreamRecord<unknown, unknown>, windowEnd: number): void {
    const { key, value, timestamp } = record;
    const left = this.#options.isLeft;
    if (windowEnd < this.#time.streamTime) {
      this.#context.forward({ ...record, value: this.#join(value, null, key) });
      return;
    }
    const waitingKey = { timestamp, left, key };
    this.#time.minTime = Math.min(this.#time.minTime, timestamp);
    this.#waiting?.put(waitingKey, [...(this.#waiting.get(waitingKey) ?? []), { left, value }]);
  }

  /**
   * Emits the records of both sides whose windows are over, oldest first. All that wait are looked at
   * until one of each side still has time; the last one seen is taken for the oldest that waits, as in
   * Kafka Streams, so some are emitted later than they could be.
   */
  #emitUnmatched(record: StreamRecord<unknown, unknown>): void {
    const store = this.#waiting;
    const time = this.#time;
    const { windows } = this.#options;
    if (store === null || !time.mayHaveClosed(this.#afterMs + windows.graceMs)) return;
    if (!time.isTimeToLook(this.#context.currentSystemTimeMs(), this.#context.emitIntervalMs)) return;
    time.nothingWaits();
    let openLeft = false;
    let openRight = false;
    for (const [waiting, values] of store.all()) {
      time.minTime = waiting.timestamp;
      if (openLeft && openRight) break;
      const windowMs = (waiting.left ? windows.afterMs : windows.beforeMs) + windows.graceMs;
      if (waiting.timestamp + windowMs >= time.streamTime) {
        openLeft ||= waiting.left;
        openRight ||= !waiting.left;
        continue;
      }
      for (const { value } of values) this.#emitAlone(record, waiting, value);
      store.put(waiting, null);
    }
  }

  #emitAlone(
    record: StreamRecord<unknown, unknown>,
    { timestamp, left, key }: WaitingKey,
    value: unknown,
  ): void {
    const { joiner } = this.#options;
    const joined = left ? joiner(value, null, key) : joiner(null, value, key);
    this.#context.forward({ ...record, key, value: joined, timestamp });
  }

  #join(value: unknown, other: unknown, key: unknown): unknown {
    const { joiner, isLeft } = this.#options;
    return isLeft ? joiner(value, other, key) : joiner(other, value, key);
  }
}
