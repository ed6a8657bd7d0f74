import { TopologyError } from './errors.ts';
import { assertDuration } from './internals/assert-duration.ts';

/**
 * Tumbling and hopping windows, aligned to the epoch: `[start, start + size)`.
 * A record is late for a window, and dropped for it, when `window end <= stream time - grace`.
 */
export class TimeWindows {
  readonly kind = 'time-windows';
  readonly sizeMs: number;
  readonly advanceMs: number;
  readonly graceMs: number;

  private constructor(sizeMs: number, advanceMs: number, graceMs: number) {
    this.sizeMs = sizeMs;
    this.advanceMs = advanceMs;
    this.graceMs = graceMs;
  }

  static ofSizeAndGrace(sizeMs: number, graceMs: number): TimeWindows {
    assertDuration(sizeMs, 'The window size', 1);
    assertDuration(graceMs, 'The grace period', 0);
    return new TimeWindows(sizeMs, sizeMs, graceMs);
  }

  static ofSizeWithNoGrace(sizeMs: number): TimeWindows {
    return TimeWindows.ofSizeAndGrace(sizeMs, 0);
  }

  /** Makes the windows hop: a new one starts every `advanceMs`, which must be at most the size. */
  advanceBy(advanceMs: number): TimeWindows {
    assertDuration(advanceMs, 'The window advance', 1);
    if (advanceMs > this.sizeMs) {
      throw new TopologyError(
        `The window advance (${advanceMs} ms) must not exceed the size (${this.sizeMs} ms).`,
      );
    }
    return new TimeWindows(this.sizeMs, advanceMs, this.graceMs);
  }

  /** Starts of all windows that contain `timestamp`, oldest first. */
  windowsFor(timestamp: number): number[] {
    const earliest = Math.max(0, timestamp - this.sizeMs + this.advanceMs);
    const starts: number[] = [];
    for (
      let start = Math.floor(earliest / this.advanceMs) * this.advanceMs;
      start <= timestamp;
      start += this.advanceMs
    ) {
      starts.push(start);
    }
    return starts;
  }
}

/**
 * Which records of two streams belong together: those of the other side in
 * `[timestamp - before, timestamp + after]`, both ends inclusive.
 */
export class JoinWindows {
  readonly kind = 'join-windows';
  readonly beforeMs: number;
  readonly afterMs: number;
  readonly graceMs: number;

  private constructor(beforeMs: number, afterMs: number, graceMs: number) {
    if (beforeMs + afterMs < 0) {
      throw new TopologyError(`A join window must not be negative (before ${beforeMs}, after ${afterMs}).`);
    }
    this.beforeMs = beforeMs;
    this.afterMs = afterMs;
    this.graceMs = graceMs;
  }

  static ofTimeDifferenceAndGrace(differenceMs: number, graceMs: number): JoinWindows {
    assertDuration(differenceMs, 'The time difference', 0);
    assertDuration(graceMs, 'The grace period', 0);
    return new JoinWindows(differenceMs, differenceMs, graceMs);
  }

  static ofTimeDifferenceWithNoGrace(differenceMs: number): JoinWindows {
    return JoinWindows.ofTimeDifferenceAndGrace(differenceMs, 0);
  }

  /** The other side's record may be at most this much older. */
  before(beforeMs: number): JoinWindows {
    return new JoinWindows(beforeMs, this.afterMs, this.graceMs);
  }

  /** The other side's record may be at most this much newer. */
  after(afterMs: number): JoinWindows {
    return new JoinWindows(this.beforeMs, afterMs, this.graceMs);
  }
}
