/** A group member with the tasks it holds. */
export interface MemberTasks {
  readonly memberId: string;
  readonly owned: readonly string[];
}

/**
 * Spreads tasks evenly over members, and the tasks of each subtopology too. Everybody keeps what it
 * has up to its fair share, the rest goes to whoever has least.
 */
export function assignTasks(
  members: readonly MemberTasks[],
  tasks: readonly string[],
): Map<string, string[]> {
  const sorted = [...members].sort((left, right) => (left.memberId < right.memberId ? -1 : 1));
  const assigned = new Map(sorted.map(({ memberId }): [string, string[]] => [memberId, []]));
  const free = new Set(tasks);
  const most = Math.ceil(tasks.length / sorted.length);
  const perSubtopology = new Map<string, number>();
  for (const task of tasks) {
    const id = subtopologyOf(task);
    perSubtopology.set(id, (perSubtopology.get(id) ?? 0) + 1);
  }
  for (const { memberId, owned } of sorted) {
    const mine = assigned.get(memberId) ?? [];
    for (const task of owned) {
      const id = subtopologyOf(task);
      const same = mine.filter((each) => subtopologyOf(each) === id).length;
      const mostOfKind = Math.ceil((perSubtopology.get(id) ?? 0) / sorted.length);
      if (!free.has(task) || mine.length >= most || same >= mostOfKind) continue;
      mine.push(task);
      free.delete(task);
    }
  }
  for (const task of free) leastLoaded([...assigned.values()], task)?.push(task);
  level(assigned);
  return assigned;
}

function subtopologyOf(task: string): string {
  return task.slice(0, task.indexOf('_'));
}

/** Fewest tasks of the same subtopology first, then fewest tasks. */
function leastLoaded(shares: readonly string[][], task: string): string[] | undefined {
  const id = subtopologyOf(task);
  const load = (share: readonly string[]): number =>
    share.filter((each) => subtopologyOf(each) === id).length * 1_000_000 + share.length;
  return shares.toSorted((left, right) => load(left) - load(right))[0];
}

/** Moves tasks from the fullest to the emptiest member until they differ by one at most. */
function level(assigned: ReadonlyMap<string, string[]>): void {
  const shares = [...assigned.values()];
  for (;;) {
    shares.sort((left, right) => left.length - right.length);
    const least = shares[0];
    const most = shares.at(-1);
    if (least === undefined || most === undefined || most.length - least.length <= 1) return;
    const moved = most.pop();
    if (moved !== undefined) least.push(moved);
  }
}
