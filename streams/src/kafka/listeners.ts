import { messageOf } from '../internals/record-queue.ts';
import type { StreamsLogger } from '../streams-logger.ts';

/** Who wants to be told something. One that throws, or rejects, is logged: it must not end what it listens to. */
export class Listeners<A extends readonly unknown[]> {
  readonly #listeners = new Set<(...told: A) => unknown>();
  readonly #logger: StreamsLogger;

  constructor(logger: StreamsLogger) {
    this.#logger = logger;
  }

  /** Returns a function that stops listening. */
  add(listener: (...told: A) => unknown): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(...told: A): void {
    for (const listener of [...this.#listeners]) {
      try {
        const answer = listener(...told);
        if (answer instanceof Promise) answer.catch((error: unknown) => this.#failed(error));
      } catch (error) {
        this.#failed(error);
      }
    }
  }

  #failed(error: unknown): void {
    this.#logger.error('a listener threw', { error: messageOf(error) });
  }
}
