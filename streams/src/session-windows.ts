import { assertDuration } from './internals/assert-duration.ts';

/**
 * Session windows: records of a key that follow each other within the inactivity gap are one session,
 * from its first record to its last, both inclusive. A record between two sessions merges them. A
 * record is late, and dropped, when its session's `end < stream time - grace - gap`.
 */
export class SessionWindows {
  readonly kind = 'session-windows';
  readonly inactivityGapMs: number;
  readonly graceMs: number;

  private constructor(inactivityGapMs: number, graceMs: number) {
    assertDuration(inactivityGapMs, 'The inactivity gap of session windows', 0);
    assertDuration(graceMs, 'The grace period', 0);
    this.inactivityGapMs = inactivityGapMs;
    this.graceMs = graceMs;
  }

  static ofInactivityGapAndGrace(inactivityGapMs: number, graceMs: number): SessionWindows {
    return new SessionWindows(inactivityGapMs, graceMs);
  }

  static ofInactivityGapWithNoGrace(inactivityGapMs: number): SessionWindows {
    return new SessionWindows(inactivityGapMs, 0);
  }
}
