/** Rates from what a set of growing offsets was at the last look. */
export interface Rates {
  /** Records a second since the last look at `name`; null at the first, or when nothing can be compared. */
  next(name: string, offsets: readonly (readonly [string, number | null])[], atMs: number): number | null;
}

interface Look {
  readonly offsets: ReadonlyMap<string, number>;
  readonly atMs: number;
  readonly rate: number | null;
}

export function createRates(): Rates {
  const looks = new Map<string, Look>();
  return {
    next(name, offsets, atMs) {
      const last = looks.get(name);
      const known = new Map<string, number>();
      for (const [key, offset] of offsets) {
        const current = offset ?? last?.offsets.get(key);
        if (current !== undefined) known.set(key, current);
      }
      const rate = last ? rateBetween(last, known, atMs) : null;
      looks.set(name, { offsets: known, atMs, rate });
      return rate;
    },
  };
}

function rateBetween(last: Look, offsets: ReadonlyMap<string, number>, atMs: number): number | null {
  const seconds = (atMs - last.atMs) / 1_000;
  if (seconds <= 0) return last.rate;
  let grown = 0;
  let compared = 0;
  for (const [key, offset] of offsets) {
    const before = last.offsets.get(key);
    if (before === undefined) continue;
    compared += 1;
    // A topic made anew, or offsets set back, are no negative flow.
    grown += Math.max(0, offset - before);
  }
  return compared === 0 ? null : grown / seconds;
}
