import type { Cancellable, PunctuationType, Punctuator } from '../processor.ts';
import { BinaryHeap } from './binary-heap.ts';

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
  readonly #scheduled = new BinaryHeap<Scheduled>((one, two) => one.next - two.next);

  constructor(type: PunctuationType) {
    this.type = type;
  }

  schedule(intervalMs: number, callback: Punctuator, start: number): Cancellable {
    const entry: Scheduled = { intervalMs, callback, next: start, cancelled: false };
    this.#scheduled.offer(entry);
    return {
      cancel: () => {
        entry.cancelled = true;
      },
    };
  }

  /** The time at which the next one is due; null when none is scheduled. */
  nextDue(): number | null {
    const due = this.#scheduled.elements.flatMap(({ cancelled, next }) => (cancelled ? [] : [next]));
    return due.length === 0 ? null : Math.min(...due);
  }

  /** Fires what is due, in the order of the times. True if anything fired. */
  fire(now: number): boolean {
    let fired = false;
    for (
      let top = this.#scheduled.peek();
      top !== undefined && top.next <= now;
      top = this.#scheduled.peek()
    ) {
      this.#scheduled.poll();
      if (top.cancelled) continue;
      top.callback(now);
      fired = true;
      if (top.cancelled) continue;
      const missed = Math.floor((now - top.next) / top.intervalMs);
      top.next += (missed + 1) * top.intervalMs;
      this.#scheduled.offer(top);
    }
    return fired;
  }
}
