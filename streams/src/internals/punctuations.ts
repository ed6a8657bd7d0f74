import type { Cancellable, PunctuationType, Punctuator } from '../processor.ts';

interface Scheduled {
  readonly intervalMs: number;
  readonly callback: Punctuator;
  next: number;
  cancelled: boolean;
}

/**
 * Punctuations of one task and one kind of time. Stream-time ones are aligned to the epoch,
 * wall-clock ones to the moment they were scheduled; after a jump each fires once
 * (Kafka Streams: `PunctuationQueue`, `PunctuationSchedule`).
 */
export class Punctuations {
  readonly type: PunctuationType;
  #scheduled: Scheduled[] = [];

  constructor(type: PunctuationType) {
    this.type = type;
  }

  schedule(intervalMs: number, callback: Punctuator, start: number): Cancellable {
    const entry: Scheduled = { intervalMs, callback, next: start, cancelled: false };
    this.#scheduled.push(entry);
    return {
      cancel: () => {
        entry.cancelled = true;
        this.#scheduled = this.#scheduled.filter((each) => each !== entry);
      },
    };
  }

  /** The time at which the next one is due; null when none is scheduled. */
  nextDue(): number | null {
    if (this.#scheduled.length === 0) return null;
    return Math.min(...this.#scheduled.map((each) => each.next));
  }

  /** Fires what is due, in the order of the times. True if anything fired. */
  fire(now: number): boolean {
    let fired = false;
    for (;;) {
      let due: Scheduled | undefined;
      for (const each of this.#scheduled) {
        if (each.next <= now && (due === undefined || each.next < due.next)) due = each;
      }
      if (due === undefined) return fired;
      const scheduled = due.next;
      due.next = scheduled + due.intervalMs;
      if (now >= due.next)
        due.next = scheduled + due.intervalMs * (Math.floor((now - scheduled) / due.intervalMs) + 1);
      due.callback(now);
      fired = true;
    }
  }
}
