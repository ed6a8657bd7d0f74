import { setTimeout as sleep } from 'node:timers/promises';
import { HttpError } from './http-service.ts';
import type { StoreRoutesOptions } from './query-routes.ts';
import type { WatchedRouting } from './query-routing.ts';
import { RoutedRow } from './routed-row.ts';

/** Which row is waited for, until what, and how long (ms). */
export interface WaitForOptions<V> extends Pick<StoreRoutesOptions, 'peerTimeoutMs' | 'urlOf'> {
  readonly store: string;
  readonly key: unknown;
  /** Sees null while there is no value. */
  readonly predicate: (value: V | null) => boolean;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

const SHORTEST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 250;

/** As `waitFor`, by any routing. */
export function waitForRow<V>(routing: WatchedRouting, options: WaitForOptions<V>): Promise<V | null> {
  return new Promise((resolve, reject) => {
    new RowWait(routing, options, resolve, reject).start();
  });
}

/**
 * One wait. What is here is looked at with each change; who has it elsewhere is asked again and again.
 * Each change of the state begins this anew, for the row may have moved.
 */
class RowWait<V> {
  readonly #routing: WatchedRouting;
  readonly #options: WaitForOptions<V>;
  readonly #row: RoutedRow<V>;
  readonly #resolve: (row: V | null) => void;
  readonly #reject: (error: unknown) => void;
  readonly #stops: (() => void)[] = [];
  #stopChanges: () => void = () => undefined;
  /** Aborted when the state changes, and at the end. */
  #phase = new AbortController();
  #isHere = false;
  #ended = false;

  constructor(
    routing: WatchedRouting,
    options: WaitForOptions<V>,
    resolve: (row: V | null) => void,
    reject: (error: unknown) => void,
  ) {
    this.#routing = routing;
    this.#options = options;
    this.#row = new RoutedRow(routing, options);
    this.#resolve = resolve;
    this.#reject = reject;
  }

  start(): void {
    const { timeoutMs, signal } = this.#options;
    const giveUp = (): void => this.#finish(null);
    const timer = setTimeout(giveUp, timeoutMs);
    signal?.addEventListener('abort', giveUp);
    this.#stops.push(
      () => clearTimeout(timer),
      () => signal?.removeEventListener('abort', giveUp),
      this.#routing.onStateChange(() => this.#begin()),
    );
    if (signal?.aborted === true) giveUp();
    else this.#begin();
  }

  #begin(): void {
    this.#phase.abort();
    this.#stopChanges();
    if (this.#ended || this.#routing.state !== 'RUNNING') return;
    this.#phase = new AbortController();
    this.#orFail(() => {
      this.#isHere = this.#row.isHere();
      this.#stopChanges = this.#routing.onStoreChange(this.#options.store, () => this.#look());
    });
    this.#look();
    if (!this.#ended && !this.#isHere) void this.#askAgain(this.#phase.signal);
  }

  /** What is not here is only known to be nowhere when its part is here. */
  #look(): void {
    if (this.#ended) return;
    this.#orFail(() => {
      const row = this.#row.readHere();
      if ((row !== null || this.#isHere) && this.#options.predicate(row)) this.#finish(row);
    });
  }

  async #askAgain(signal: AbortSignal): Promise<void> {
    for (let pauseMs = SHORTEST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS)) {
      const answer = await this.#ask(signal);
      if (signal.aborted) return;
      this.#orFail(() => {
        if (answer !== null && this.#options.predicate(answer.row)) this.#finish(answer.row);
      });
      // Aborted in the pause: the loop ends.
      const goesOn = await sleep(pauseMs, true, { signal }).catch(() => false);
      if (!goesOn) return;
    }
  }

  /** Null while the owner cannot answer. */
  async #ask(signal: AbortSignal): Promise<{ readonly row: V | null } | null> {
    try {
      return { row: await this.#row.read(signal) };
    } catch (error) {
      if (!signal.aborted && !isUnavailable(error)) this.#fail(error);
      return null;
    }
  }

  /** A predicate that throws ends the wait, not the task whose change it was told of. */
  #orFail(step: () => void): void {
    try {
      step();
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.#end();
    this.#reject(error);
  }

  #finish(row: V | null): void {
    this.#end();
    this.#resolve(row);
  }

  #end(): void {
    this.#ended = true;
    this.#phase.abort();
    this.#stopChanges();
    for (const stop of this.#stops.splice(0)) stop();
  }
}

function isUnavailable(error: unknown): boolean {
  return error instanceof HttpError && error.status === 503;
}
