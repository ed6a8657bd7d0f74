import type { MetricsSnapshot } from '../kafka/metrics-snapshot.ts';

/** Figures that threads have together. */
export type SummedMetrics = Pick<
  MetricsSnapshot,
  | 'recordsProcessed'
  | 'recordsRestored'
  | 'recordsDropped'
  | 'deadLetters'
  | 'commits'
  | 'commitTimeMs'
  | 'rebalances'
  | 'tasksMigrated'
  | 'tasks'
  | 'lag'
  | 'processTimeMs'
>;

/** Adds up what can be added up; the lag of a partition is that of the thread that has it. */
export function sumMetrics(threads: readonly MetricsSnapshot[]): SummedMetrics {
  const sum = (pick: (snapshot: MetricsSnapshot) => number): number =>
    threads.reduce((total, snapshot) => total + pick(snapshot), 0);
  return {
    recordsProcessed: sum((each) => each.recordsProcessed),
    recordsRestored: sum((each) => each.recordsRestored),
    recordsDropped: sumByName(threads.map((each) => each.recordsDropped)),
    deadLetters: sum((each) => each.deadLetters),
    commits: sum((each) => each.commits),
    commitTimeMs: sum((each) => each.commitTimeMs),
    rebalances: sum((each) => each.rebalances),
    tasksMigrated: sum((each) => each.tasksMigrated),
    tasks: sum((each) => each.tasks),
    lag: Object.assign({}, ...threads.map((each) => each.lag)),
    processTimeMs: sum((each) => each.processTimeMs),
  };
}

function sumByName<N extends string>(
  tallies: readonly Readonly<Partial<Record<N, number>>>[],
): Partial<Record<N, number>> {
  const total: Partial<Record<N, number>> = {};
  for (const tally of tallies) {
    for (const name of Object.keys(tally) as N[]) total[name] = (total[name] ?? 0) + (tally[name] ?? 0);
  }
  return total;
}
