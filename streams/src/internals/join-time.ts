import type { StateStore } from '../state-stores.ts';

/** `minTime` when nothing is known to wait. */
const NOTHING_WAITS = Number.MAX_SAFE_INTEGER;

/** Time as both sides of one join in one task see it. */
export class JoinTime {
  streamTime = -1;
  /** The oldest record that waits for a partner, as far as the last look told. */
  minTime = NOTHING_WAITS;
  #nextLook = 0;

  /** False while no waiting record's window, with its grace period, can be over. */
  mayHaveClosed(windowMs: number): boolean {
    // Kafka Streams adds to the highest int64 here, which turns negative: it looks, as after a restart.
    if (this.minTime === NOTHING_WAITS) return windowMs > 0;
    return this.minTime + windowMs < this.streamTime;
  }

  /** True at most once per interval of wall-clock time. */
  isTimeToLook(now: number, intervalMs: number): boolean {
    if (now < this.#nextLook) return false;
    this.#nextLook = now + intervalMs;
    return true;
  }

  nothingWaits(): void {
    this.minTime = NOTHING_WAITS;
  }
}

const times = new WeakMap<StateStore, JoinTime>();

/** The time shared by the sides that use a store. */
export function joinTimeOf(store: StateStore): JoinTime {
  const time = times.get(store) ?? new JoinTime();
  times.set(store, time);
  return time;
}
