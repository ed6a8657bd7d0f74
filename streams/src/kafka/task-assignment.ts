/** What a group member has, as it tells when it joins. */
export interface MemberTasks {
  readonly memberId: string;
  /** Tasks it runs. */
  readonly owned: readonly string[];
  /** Tasks whose stores it follows. */
  readonly standbys: readonly string[];
  /** How far it is with tasks it does not run: the sum of its offsets in their changelogs. */
  readonly stored: Readonly<Record<string, number>>;
}

/** What a group member is given. */
export interface TaskShare {
  readonly active: readonly string[];
  readonly standby: readonly string[];
}

interface Draft {
  readonly member: MemberTasks;
  readonly active: string[];
  readonly standby: string[];
}

/**
 * Gives every task to one member, and its standby replicas to others. Loads differ by one task at
 * most. A task stays where it runs; if that is too much, it goes to who has the newest copy of its
 * stores, else to who has least. Nothing moves while the members stay the same.
 */
export function assignTasks(
  members: readonly MemberTasks[],
  tasks: readonly string[],
  replicas: { readonly count: number; readonly of: ReadonlySet<string> } = { count: 0, of: new Set() },
): Map<string, TaskShare> {
  const drafts = [...members]
    .sort((left, right) => (left.memberId < right.memberId ? -1 : 1))
    .map((member): Draft => ({ member, active: [], standby: [] }));
  assignActive(drafts, tasks);
  assignStandbys(
    drafts,
    tasks.filter((task) => replicas.of.has(task)),
    replicas.count,
  );
  return new Map(drafts.map(({ member, active, standby }) => [member.memberId, { active, standby }]));
}

function assignActive(drafts: readonly Draft[], tasks: readonly string[]): void {
  const known = new Set(tasks);
  const free = new Set(tasks);
  const owned = new Map(
    drafts.map((draft) => [draft, draft.member.owned.filter((task) => known.has(task) && free.delete(task))]),
  );
  const sizes = [...owned.values()].map(({ length }) => length);
  if (free.size === 0 && Math.max(...sizes) - Math.min(...sizes) <= 1) {
    for (const [draft, mine] of owned) draft.active.push(...mine);
    return;
  }
  const least = Math.floor(tasks.length / drafts.length);
  let extra = tasks.length % drafts.length;
  const most = mostPerSubtopology(tasks, drafts.length);
  const mayTakeMore = (mine: readonly string[]): boolean => mine.length < least + Math.sign(extra);
  const give = (draft: Draft, given: readonly string[]): void => {
    draft.active.push(...given);
    if (draft.active.length > least) extra -= 1;
  };
  const hungry = [...owned].filter(([, mine]) => mayTakeMore(mine)).map(([draft]) => draft);
  for (const [draft, mine] of [...owned].sort(([, left], [, right]) => right.length - left.length)) {
    const elsewhere = (task: string): boolean =>
      hungry.some((other) => other !== draft && task in other.member.stored);
    const kept = keepOrder(mine, most, elsewhere).slice(0, least + Math.sign(extra));
    give(
      draft,
      mine.filter((task) => kept.includes(task)),
    );
    for (const task of mine) if (!kept.includes(task)) free.add(task);
  }
  const byCopy = [...free].sort((left, right) => bestCopy(drafts, right) - bestCopy(drafts, left));
  for (const task of byCopy) {
    const open = drafts.filter(({ active }) => mayTakeMore(active));
    const chosen = lowest(open, (draft) => [
      -copyOf(draft, task),
      draft.active.filter((each) => subtopologyOf(each) === subtopologyOf(task)).length,
      draft.active.length,
    ]);
    if (chosen !== undefined) give(chosen, [task]);
  }
}

/** What is kept first: tasks nobody else has a copy of, then a fair part of each subtopology. */
function keepOrder(
  tasks: readonly string[],
  most: ReadonlyMap<string, number>,
  elsewhere: (task: string) => boolean,
): string[] {
  const seen = new Map<string, number>();
  const ranked = tasks
    .toSorted((left, right) => Number(elsewhere(left)) - Number(elsewhere(right)))
    .map((task) => {
      const id = subtopologyOf(task);
      const count = (seen.get(id) ?? 0) + 1;
      seen.set(id, count);
      return { task, rank: Number(elsewhere(task)) * 2 + Number(count > (most.get(id) ?? 0)) };
    });
  return ranked.sort((left, right) => left.rank - right.rank).map(({ task }) => task);
}

function mostPerSubtopology(tasks: readonly string[], members: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const task of tasks) counts.set(subtopologyOf(task), (counts.get(subtopologyOf(task)) ?? 0) + 1);
  return new Map([...counts].map(([id, count]) => [id, Math.ceil(count / members)]));
}

function assignStandbys(drafts: readonly Draft[], tasks: readonly string[], count: number): void {
  const wanted = Math.min(count, drafts.length - 1);
  if (wanted < 1) return;
  const may = (draft: Draft, task: string): boolean => !draft.active.includes(task);
  const previous = tasks.map((task) => ({
    task,
    holders: drafts.filter((draft) => draft.member.standbys.includes(task) && may(draft, task)),
  }));
  const most = Math.ceil((tasks.length * wanted) / drafts.length);
  const unchanged =
    drafts.every(({ member, active }) => active.every((task) => member.owned.includes(task))) &&
    previous.every(({ holders }) => holders.length === wanted);
  for (const { task, holders } of previous) {
    const kept = holders.filter((draft) => unchanged || draft.standby.length < most).slice(0, wanted);
    for (const draft of kept) draft.standby.push(task);
  }
  for (const task of tasks) {
    for (let have = drafts.filter(({ standby }) => standby.includes(task)).length; have < wanted; have += 1) {
      const open = drafts.filter((draft) => may(draft, task) && !draft.standby.includes(task));
      lowest(open, (draft) => [
        Number(draft.standby.length >= most),
        -copyOf(draft, task),
        draft.standby.length,
        draft.active.length,
      ])?.standby.push(task);
    }
  }
}

/** How new the copy of a task's stores is that a member has: its offsets, -1 for none. */
function copyOf({ member }: Draft, task: string): number {
  if (member.owned.includes(task)) return Number.MAX_SAFE_INTEGER;
  return member.stored[task] ?? -1;
}

function bestCopy(drafts: readonly Draft[], task: string): number {
  return Math.max(...drafts.map((draft) => copyOf(draft, task)));
}

/** The first of those whose figures are lowest, compared one after the other. */
function lowest(drafts: readonly Draft[], figures: (draft: Draft) => readonly number[]): Draft | undefined {
  const ranked = drafts.map((draft) => ({ draft, figures: figures(draft) }));
  return ranked.sort((left, right) => compareFigures(left.figures, right.figures))[0]?.draft;
}

function compareFigures(left: readonly number[], right: readonly number[]): number {
  for (const [index, figure] of left.entries()) {
    const difference = figure - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function subtopologyOf(task: string): string {
  return task.slice(0, task.indexOf('_'));
}
