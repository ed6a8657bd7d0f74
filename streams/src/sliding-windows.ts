import { assertDuration } from './internals/assert-duration.ts';

/**
 * Sliding windows: one window for every set of records of a key that lie within a time difference.
 * Windows follow the records, not the epoch; `[start, start + difference]`, both ends inclusive. A
 * record is late, and dropped, when `timestamp + difference < stream time - grace`.
 */
export class SlidingWindows {
  readonly kind = 'sliding-windows';
  readonly timeDifferenceMs: number;
  readonly graceMs: number;

  private constructor(timeDifferenceMs: number, graceMs: number) {
    assertDuration(timeDifferenceMs, 'The time difference of sliding windows', 0);
    assertDuration(graceMs, 'The grace period', 0);
    this.timeDifferenceMs = timeDifferenceMs;
    this.graceMs = graceMs;
  }

  static ofTimeDifferenceAndGrace(timeDifferenceMs: number, graceMs: number): SlidingWindows {
    return new SlidingWindows(timeDifferenceMs, graceMs);
  }

  static ofTimeDifferenceWithNoGrace(timeDifferenceMs: number): SlidingWindows {
    return new SlidingWindows(timeDifferenceMs, 0);
  }
}
