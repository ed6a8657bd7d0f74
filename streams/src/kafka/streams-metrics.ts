import type { DropReason } from '../processor.ts';

/** Figures of an instance since it was made. */
export interface MetricsSnapshot {
  readonly recordsProcessed: number;
  readonly recordsRestored: number;
  readonly recordsDropped: Readonly<Partial<Record<DropReason, number>>>;
  readonly commits: number;
  /** Total time spent committing, ms. */
  readonly commitTimeMs: number;
  readonly rebalances: number;
  /** Tasks that had to be given up and opened again. */
  readonly tasksMigrated: number;
  readonly tasks: number;
  /** Records still to be processed, per source partition (`topic-partition`). */
  readonly lag: Readonly<Record<string, number>>;
}

/** Counts what happens; reading costs nothing to those who count. */
export class StreamsMetrics {
  #processed = 0;
  #restored = 0;
  #commits = 0;
  #commitTimeMs = 0;
  #rebalances = 0;
  #migrated = 0;
  readonly #dropped: Partial<Record<DropReason, number>> = {};

  processed(count: number): void {
    this.#processed += count;
  }

  restored(count: number): void {
    this.#restored += count;
  }

  dropped(reason: DropReason): void {
    this.#dropped[reason] = (this.#dropped[reason] ?? 0) + 1;
  }

  committed(durationMs: number): void {
    this.#commits += 1;
    this.#commitTimeMs += durationMs;
  }

  rebalanced(): void {
    this.#rebalances += 1;
  }

  migrated(): void {
    this.#migrated += 1;
  }

  snapshot(tasks: number, lag: Readonly<Record<string, number>>): MetricsSnapshot {
    return {
      recordsProcessed: this.#processed,
      recordsRestored: this.#restored,
      recordsDropped: { ...this.#dropped },
      commits: this.#commits,
      commitTimeMs: this.#commitTimeMs,
      rebalances: this.#rebalances,
      tasksMigrated: this.#migrated,
      tasks,
      lag,
    };
  }
}
