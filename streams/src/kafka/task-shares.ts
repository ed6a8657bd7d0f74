import { createHash } from 'node:crypto';
import { TaskMigratedError } from '../errors.ts';
import { groupBy } from '../internals/group-by.ts';
import { taskCount } from '../internals/partition-counts.ts';
import type { SubtopologyPlan, TopologyPlan } from '../internals/plan.ts';
import type { JoinedMember, MemberShare } from './group-assignment.ts';
import { assignTasks } from './task-assignment.ts';

/**
 * What the ids of tasks mean in a topology: which topics each subtopology reads. While a changed
 * application replaces another one by one, the same id may mean different work.
 */
export function tasksFingerprint({ subtopologies }: TopologyPlan): string {
  const meaning = subtopologies.map(({ id, sourceTopics }) => [id, [...sourceTopics].sort()]);
  return createHash('sha256').update(JSON.stringify(meaning)).digest('hex').slice(0, 16);
}

/** Whether a member may be given tasks by a leader with this topology. */
export function meansTheSame(plan: TopologyPlan, topology: string | null): boolean {
  return topology === null || topology === tasksFingerprint(plan);
}

/**
 * The group leader's part: which member runs and follows which tasks, and so reads which partitions.
 * Members to whom task ids mean something else get none: they would leave work undone.
 */
export function shareTasks(
  plan: TopologyPlan,
  counts: ReadonlyMap<string, number>,
  members: readonly JoinedMember[],
  standbyReplicas: number,
): ReadonlyMap<string, MemberShare> {
  const idsOf = (part: SubtopologyPlan): string[] =>
    Array.from({ length: taskCount(part, counts) }, (_, partition) => `${part.id}_${partition}`);
  const stateful = plan.subtopologies.filter(hasChangelog).flatMap(idsOf);
  const able = members.filter(({ topology }) => meansTheSame(plan, topology));
  const shares = assignTasks(able, plan.subtopologies.flatMap(idsOf), {
    count: standbyReplicas,
    of: new Set(stateful),
  });
  return new Map(
    members.map(({ memberId }) => {
      const { active, standby } = shares.get(memberId) ?? { active: [], standby: [] };
      return [memberId, { tasks: active, standbys: standby, partitions: partitionsOf(plan, counts, active) }];
    }),
  );
}

function hasChangelog({ stores }: SubtopologyPlan): boolean {
  return stores.some(({ changelog }) => changelog !== null);
}

/** The subtopology and partition of a task id. */
export function locateTask(plan: TopologyPlan, id: string): [SubtopologyPlan, number] {
  const [subtopologyId, partition] = id.split('_').map(Number);
  const subtopology = plan.subtopologies.find((each) => each.id === subtopologyId);
  if (subtopology === undefined || partition === undefined) {
    throw new TaskMigratedError(`Task ${id} is not part of this topology; another version is running.`);
  }
  return [subtopology, partition];
}

function partitionsOf(
  plan: TopologyPlan,
  counts: ReadonlyMap<string, number>,
  taskIds: readonly string[],
): Record<string, number[]> {
  const places = taskIds.flatMap((id) => {
    const [subtopology, partition] = locateTask(plan, id);
    return subtopology.sourceTopics
      .filter((topic) => (counts.get(topic) ?? 0) > partition)
      .map((topic) => ({ topic, partition }));
  });
  const byTopic = groupBy(places, ({ topic }) => topic);
  return Object.fromEntries(
    [...byTopic].map(([topic, each]) => [topic, each.map(({ partition }) => partition)]),
  );
}
