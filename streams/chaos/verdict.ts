/** What is wrong with one output: records that should be there and are not, and the other way round. */
export interface Finding {
  readonly lost: number;
  readonly doubled: number;
  /** Records that came after a later one of the same key. */
  readonly disordered: number;
  /** The first few cases, in words. */
  readonly examples: readonly string[];
}

const EXAMPLES = 5;

/** Collects what is found, and words for the first few. */
class Tally {
  lost = 0;
  doubled = 0;
  disordered = 0;
  readonly examples: string[] = [];

  note(sentence: string): void {
    if (this.examples.length < EXAMPLES) this.examples.push(sentence);
  }

  get finding(): Finding {
    const { lost, doubled, disordered, examples } = this;
    return { lost, doubled, disordered, examples };
  }
}

/**
 * Compares running counts with the number of inputs per key: exactly once gives 1, 2, … n, each once and
 * in this order. A number that is missing is a lost result; one that comes again, or is above n, a
 * doubled one.
 */
export function judgeCounts(
  expected: ReadonlyMap<string, number>,
  seen: ReadonlyMap<string, readonly number[]>,
): Finding {
  const tally = new Tally();
  for (const key of new Set([...expected.keys(), ...seen.keys()])) {
    const total = expected.get(key) ?? 0;
    const counts = seen.get(key) ?? [];
    const times = new Map<number, number>();
    for (const count of counts) times.set(count, (times.get(count) ?? 0) + 1);
    for (let count = 1; count <= total; count += 1) {
      if (times.has(count)) continue;
      tally.lost += 1;
      tally.note(`${key}: ${count} of ${total} is missing`);
    }
    for (const [count, repeated] of times) {
      const allowed = count >= 1 && count <= total ? 1 : 0;
      if (repeated <= allowed) continue;
      tally.doubled += repeated - allowed;
      tally.note(`${key}: ${count} of ${total} came ${repeated} times`);
    }
    const descents = counts.filter((count, index) => index > 0 && count < (counts[index - 1] ?? 0));
    if (descents.length > 0) tally.note(`${key}: ${descents[0]} came after a higher count`);
    tally.disordered += descents.length;
  }
  return tally.finding;
}

/** Compares the ids that came out with those that went in; an id may go in more than once. */
export function judgeIds(expected: ReadonlyMap<string, number>, seen: ReadonlyMap<string, number>): Finding {
  const tally = new Tally();
  for (const id of new Set([...expected.keys(), ...seen.keys()])) {
    const wanted = expected.get(id) ?? 0;
    const times = seen.get(id) ?? 0;
    if (times === wanted) continue;
    if (times < wanted) tally.lost += wanted - times;
    else tally.doubled += times - wanted;
    tally.note(`${id} came ${times} times, not ${wanted}`);
  }
  return tally.finding;
}

/** Compares two tables that must be the same; too low counts as lost, too high as doubled. */
export function judgeTable(
  expected: ReadonlyMap<string, number>,
  seen: ReadonlyMap<string, number>,
): Finding {
  const tally = new Tally();
  for (const key of new Set([...expected.keys(), ...seen.keys()])) {
    const wanted = expected.get(key) ?? 0;
    const found = seen.get(key) ?? 0;
    if (found === wanted) continue;
    if (found < wanted) tally.lost += wanted - found;
    else tally.doubled += found - wanted;
    tally.note(`${key} is ${found}, not ${wanted}`);
  }
  return tally.finding;
}
