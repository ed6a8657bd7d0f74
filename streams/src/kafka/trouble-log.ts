import { messageOf } from '../internals/record-queue.ts';
import type { StreamsLogger } from '../streams-logger.ts';

/** Shorter trouble is no news: leaders move, brokers are restarted. */
const PATIENCE_MS = 5_000;
const REPEAT_MS = 30_000;

interface Trouble {
  readonly since: number;
  told: number | null;
}

/** Tells the log of what is tried again and again: when that has lasted, while it lasts, and when it is over. */
export class TroubleLog {
  readonly #logger: StreamsLogger;
  readonly #now: () => number;
  readonly #troubles = new Map<string, Trouble>();

  constructor(logger: StreamsLogger, now: () => number = Date.now) {
    this.#logger = logger;
    this.#now = now;
  }

  failed(what: string, error: unknown): void {
    const now = this.#now();
    const trouble = this.#troubles.get(what) ?? { since: now, told: null };
    this.#troubles.set(what, trouble);
    const quietUntil = trouble.told === null ? trouble.since + PATIENCE_MS : trouble.told + REPEAT_MS;
    if (now < quietUntil) return;
    trouble.told = now;
    this.#logger.warn(`${what} keeps failing; trying again`, {
      error: messageOf(error),
      forMs: now - trouble.since,
    });
  }

  worked(what: string): void {
    const trouble = this.#troubles.get(what);
    if (trouble === undefined) return;
    this.#troubles.delete(what);
    if (trouble.told === null) return;
    this.#logger.info(`${what} works again`, { afterMs: this.#now() - trouble.since });
  }
}
