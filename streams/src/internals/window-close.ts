import type { StreamRecord } from '../record.ts';
import type { ValueAndTimestamp, Windowed } from '../state-stores.ts';
import type { EngineContext } from './engine-context.ts';
import { OrderedByteMap } from './ordered-byte-map.ts';

/** A range of windows, both ends inclusive: by their starts, or by their ends for sessions. */
export interface CloseRange {
  readonly from: number;
  readonly to: number;
}

export interface WindowCloseOptions {
  /** Where the last close time is kept. */
  readonly store: string;
  /** Bytes of a window that put windows in the order of their emission, its time first. */
  readonly order: (windowed: Windowed<unknown>) => Uint8Array;
  /** The time a window is found by. */
  readonly timeOf: (windowed: Windowed<unknown>) => number;
  /** Windows that closed since `last` (null: ever); null when none can have. */
  readonly closed: (last: number | null, closeTime: number) => CloseRange | null;
  /** The current row of a window; null when it is gone. */
  readonly row: (windowed: Windowed<unknown>) => ValueAndTimestamp<unknown> | null;
}

/**
 * Emits windows once they have closed. Windows that are open are remembered in order of time, so that a
 * look costs only what it emits. The last close time goes with the committed offsets: after a restart
 * nothing is emitted twice (Kafka Streams: `AbstractKStreamTimeWindowAggregateProcessor`).
 */
export class WindowCloseEmitter {
  readonly #context: EngineContext;
  readonly #options: WindowCloseOptions;
  readonly #open = new OrderedByteMap<Windowed<unknown>>();
  #last: number | null;
  #nextLook = 0;

  constructor(
    context: EngineContext,
    options: WindowCloseOptions,
    kept: Iterable<readonly [Windowed<unknown>, unknown]>,
  ) {
    this.#context = context;
    this.#options = options;
    this.#last = context.processorMetadata(options.store);
    for (const [windowed] of kept) this.remember(windowed);
  }

  /** A window was written. */
  remember(windowed: Windowed<unknown>): void {
    this.#open.set(this.#options.order(windowed), windowed);
  }

  /** Looks for closed windows, at most once per interval of wall-clock time. */
  emit(record: StreamRecord<unknown, unknown>, closeTime: number): void {
    const context = this.#context;
    const now = context.currentSystemTimeMs();
    if (now < this.#nextLook) return;
    this.#nextLook = now + context.emitIntervalMs;
    if (this.#last !== null && this.#last >= closeTime) return;
    const range = this.#options.closed(this.#last, closeTime);
    if (range === null) return;
    for (const windowed of this.#take(range)) {
      const row = this.#options.row(windowed);
      if (row === null) continue;
      const value = { newValue: row.value, oldValue: null };
      context.forward({ ...record, key: windowed, value, timestamp: row.timestamp });
    }
    this.#last = closeTime;
    context.setProcessorMetadata(this.#options.store, closeTime);
  }

  /** Takes the windows up to the end of a range out; those before it were emitted earlier. */
  #take({ from, to }: CloseRange): Windowed<unknown>[] {
    const taken: Windowed<unknown>[] = [];
    const past: Uint8Array[] = [];
    for (const [bytes, windowed] of this.#open.entries({
      from: null,
      to: timeBytes(to + 1),
      reverse: false,
    })) {
      const time = this.#options.timeOf(windowed);
      if (time > to) break;
      past.push(bytes);
      if (time >= from) taken.push(windowed);
    }
    for (const bytes of past) this.#open.delete(bytes);
    return taken;
  }
}

/** A time as ordered bytes. */
export function timeBytes(time: number): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigInt64BE(BigInt(time));
  return bytes;
}
