/** How often values fell below each bound, as Prometheus wants it. */
export interface HistogramFigures {
  /** Upper bounds, ascending; values above the last are only in `count`. */
  readonly bounds: readonly number[];
  /** Values at or below each bound, cumulative. */
  readonly counts: readonly number[];
  readonly count: number;
  readonly sum: number;
}

/** Counts values by size. */
export class Histogram {
  readonly #bounds: readonly number[];
  readonly #counts: number[];
  #count = 0;
  #sum = 0;

  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.#counts = bounds.map(() => 0);
  }

  observe(value: number): void {
    this.#count += 1;
    this.#sum += value;
    const index = this.#bounds.findIndex((bound) => value <= bound);
    if (index >= 0) this.#counts[index] = (this.#counts[index] ?? 0) + 1;
  }

  figures(): HistogramFigures {
    let total = 0;
    const counts = this.#counts.map((count) => {
      total += count;
      return total;
    });
    return { bounds: this.#bounds, counts, count: this.#count, sum: this.#sum };
  }
}
