interface Holder {
  readonly id: string;
  readonly tasks: readonly string[];
}

/**
 * Shares tasks among members: everyone keeps what they hold up to an even share, and the rest goes to whoever has
 * least. Numbers differ by one at most.
 */
export function shareTasks(
  tasks: readonly string[],
  members: readonly Holder[],
): ReadonlyMap<string, readonly string[]> {
  const shares = new Map<string, string[]>(members.map((member) => [member.id, []]));
  if (members.length === 0) return shares;
  const known = new Set(tasks);
  const least = Math.floor(tasks.length / members.length);
  let larger = tasks.length % members.length;
  const kept = new Set<string>();
  const byHeld = members.toSorted((left, right) => right.tasks.length - left.tasks.length);
  for (const member of byHeld) {
    const held = member.tasks.filter((task) => known.has(task) && !kept.has(task));
    const room = held.length > least && larger > 0 ? least + 1 : least;
    if (room > least) larger -= 1;
    for (const task of held.slice(0, room)) {
      kept.add(task);
      shares.get(member.id)?.push(task);
    }
  }
  for (const task of tasks) {
    if (kept.has(task)) continue;
    const smallest = [...shares.values()].reduce((best, share) =>
      share.length < best.length ? share : best,
    );
    smallest.push(task);
  }
  return shares;
}
