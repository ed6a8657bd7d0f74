/** A group member with the tasks it holds. */
export interface MemberTasks {
  readonly memberId: string;
  readonly owned: readonly string[];
}

/**
 * Spreads tasks evenly over members: everybody keeps what it has up to its fair share, the rest goes
 * to whoever has least, avoiding two tasks of one subtopology on the same member.
 */
export function assignTasks(
  members: readonly MemberTasks[],
  tasks: readonly string[],
): Map<string, string[]> {
  const sorted = [...members].sort((left, right) => (left.memberId < right.memberId ? -1 : 1));
  const assigned = new Map(sorted.map(({ memberId }): [string, string[]] => [memberId, []]));
  const free = new Set(tasks);
  const fair = Math.floor(tasks.length / sorted.length);
  let extra = tasks.length % sorted.length;
  for (const { memberId, owned } of sorted) {
    const mine = assigned.get(memberId) ?? [];
    for (const task of owned) {
      if (!free.has(task) || mine.length > fair || (mine.length === fair && extra === 0)) continue;
      if (mine.length === fair) extra -= 1;
      mine.push(task);
      free.delete(task);
    }
  }
  for (const task of free) {
    const subtopology = task.split('_')[0];
    let best: string[] | null = null;
    let bestScore = Number.POSITIVE_INFINITY;
    for (const mine of assigned.values()) {
      const same = mine.filter((each) => each.split('_')[0] === subtopology).length;
      const score = mine.length * tasks.length + same;
      if (score >= bestScore) continue;
      best = mine;
      bestScore = score;
    }
    best?.push(task);
  }
  return assigned;
}
