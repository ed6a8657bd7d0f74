import { TaskMigratedError } from '../errors.ts';
import { groupBy } from '../internals/group-by.ts';
import { taskCount } from '../internals/partition-counts.ts';
import type { SubtopologyPlan, TopologyPlan } from '../internals/plan.ts';
import type { JoinedMember, MemberShare } from './group-member.ts';
import { assignTasks } from './task-assignment.ts';

/** The group leader's part: which member runs which tasks, and so reads which partitions. */
export function shareTasks(
  plan: TopologyPlan,
  counts: ReadonlyMap<string, number>,
  members: readonly JoinedMember[],
): ReadonlyMap<string, MemberShare> {
  const tasks = plan.subtopologies.flatMap((part) =>
    Array.from({ length: taskCount(part, counts) }, (_, partition) => `${part.id}_${partition}`),
  );
  const shares = assignTasks(members, tasks);
  return new Map(
    [...shares].map(([memberId, ids]) => [
      memberId,
      { tasks: ids, partitions: partitionsOf(plan, counts, ids) },
    ]),
  );
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
