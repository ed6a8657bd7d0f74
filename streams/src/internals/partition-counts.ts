import { TopologyError } from '../errors.ts';
import type { SubtopologyPlan, TopologyPlan } from './plan.ts';

/**
 * Partition counts of every topic the application reads or makes, from those of the topics that
 * exist. Repartition topics get the largest count upstream, or that of the topics they are joined
 * with; changelogs one partition per task. Throws `TopologyError` when a source topic is missing or
 * co-partitioned topics differ. (Kafka Streams: `RepartitionTopics`, `CopartitionedTopicsEnforcer`.)
 */
export function resolvePartitionCounts(
  plan: TopologyPlan,
  existing: ReadonlyMap<string, number>,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const topic of plan.externalSourceTopics) {
    const count = existing.get(topic);
    if (count === undefined) {
      throw new TopologyError(`Source topic "${topic}" does not exist; create it before starting.`);
    }
    counts.set(topic, count);
  }
  resolveRepartitionTopics(plan, counts);
  for (const part of plan.subtopologies) enforceCopartitioning(part, counts, new Set(repartitionNames(plan)));
  for (const part of plan.subtopologies) {
    const tasks = taskCount(part, counts);
    for (const topic of part.internalTopics) if (topic.kind === 'changelog') counts.set(topic.name, tasks);
  }
  return counts;
}

/** Number of tasks of a subtopology: the most partitions any of its sources has. */
export function taskCount(part: SubtopologyPlan, counts: ReadonlyMap<string, number>): number {
  return Math.max(...part.sourceTopics.map((topic) => counts.get(topic) ?? 0));
}

function repartitionNames(plan: TopologyPlan): string[] {
  return plan.internalTopics.filter((topic) => topic.kind === 'repartition').map((topic) => topic.name);
}

function resolveRepartitionTopics(plan: TopologyPlan, counts: Map<string, number>): void {
  const open = new Set<string>();
  for (const topic of plan.internalTopics) {
    if (topic.kind !== 'repartition') continue;
    if (topic.partitions === null) open.add(topic.name);
    else counts.set(topic.name, topic.partitions);
  }
  const upstream = (topic: string): (number | undefined)[] =>
    plan.subtopologies
      .filter((part) => part.sinkTopics.includes(topic))
      .flatMap((part) => part.sourceTopics.map((source) => counts.get(source)));
  /** A subtopology may read its own repartition topic: then what is known has to do. */
  const resolveOne = (partly: boolean): boolean => {
    for (const topic of open) {
      const sources = upstream(topic);
      const known = sources.filter((count) => count !== undefined);
      if (known.length === 0 || (!partly && known.length < sources.length)) continue;
      counts.set(topic, Math.max(...known));
      return open.delete(topic);
    }
    return false;
  };
  for (let more = true; more; ) more = resolveOne(false) || resolveOne(true);
  if (open.size > 0) {
    throw new TopologyError(
      `The partition count of ${[...open].join(', ')} depends on itself; give one of them "partitions".`,
    );
  }
}

function enforceCopartitioning(
  part: SubtopologyPlan,
  counts: Map<string, number>,
  repartitions: ReadonlySet<string>,
): void {
  const fixed = new Map(part.internalTopics.map((topic) => [topic.name, topic.partitions]));
  for (const group of part.copartitionGroups) {
    const external = group.filter((topic) => !repartitions.has(topic));
    const given = group.filter((topic) => typeof fixed.get(topic) === 'number');
    const binding = external.length > 0 ? [...external, ...given] : given;
    assertSameCount(binding, counts);
    const first = binding[0];
    const target =
      first === undefined
        ? Math.max(...group.map((topic) => counts.get(topic) ?? 0))
        : (counts.get(first) ?? 0);
    for (const topic of group) counts.set(topic, target);
  }
}

function assertSameCount(topics: readonly string[], counts: ReadonlyMap<string, number>): void {
  const distinct = new Set(topics.map((topic) => counts.get(topic)));
  if (distinct.size <= 1) return;
  const list = topics.map((topic) => `${topic} has ${counts.get(topic)}`).join(', ');
  throw new TopologyError(
    `Topics that are joined must have the same number of partitions, but ${list}; ` +
      'repartition one of the streams or change the topic.',
  );
}
