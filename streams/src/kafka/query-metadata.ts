import { InvalidStateStoreError } from '../errors.ts';
import { taskCount } from '../internals/partition-counts.ts';
import type { SubtopologyPlan, TopologyPlan } from '../internals/plan.ts';
import { partitionForKey } from '../partitioner.ts';
import type { Serde } from '../serdes.ts';
import type { ClusterMember } from './group-assignment.ts';

/** Where one key of a store lives. */
export interface KeyQueryMetadata {
  readonly partition: number;
  /** `host:port` of the instance that runs the key's task; null when it has no endpoint or is not known. */
  readonly active: string | null;
  /** Instances that follow the task's stores; their answers may be behind. */
  readonly standbys: readonly string[];
}

/** What one instance has. */
export interface StreamsMetadata {
  /** `host:port`, as the instance's `server` says; null: it answers no queries. */
  readonly endpoint: string | null;
  readonly tasks: readonly string[];
  readonly standbyTasks: readonly string[];
  /** Stores with a part in `tasks`, and in `standbyTasks`. Global tables are on every instance. */
  readonly stores: readonly string[];
  readonly standbyStores: readonly string[];
}

/** What a member of the group knows. */
export interface ClusterView {
  readonly plan: TopologyPlan;
  readonly counts: ReadonlyMap<string, number>;
  readonly members: readonly ClusterMember[];
}

/**
 * Finds the instances of a key by the last assignment. The key's partition is the one Kafka's default
 * partitioner gives it. Null before the first assignment. Throws `InvalidStateStoreError` for a store
 * that this topology does not have, and for a global table, which every instance has whole.
 */
export function findKey(
  { plan, counts, members }: ClusterView,
  store: string,
  key: unknown,
  serde: Serde<unknown>,
): KeyQueryMetadata | null {
  const part = subtopologyOf(plan, store);
  if (members.length === 0) return null;
  const bytes = serde.partitionBytes?.(key) ?? serde.serialize(key);
  const partition = partitionForKey(bytes, taskCount(part, counts));
  const task = `${part.id}_${partition}`;
  return {
    partition,
    active: members.find(({ tasks }) => tasks.includes(task))?.endpoint ?? null,
    standbys: members.flatMap(({ standbys, endpoint }) =>
      standbys.includes(task) && endpoint !== null ? [endpoint] : [],
    ),
  };
}

/** All instances, by the last assignment. */
export function listInstances({ plan, members }: Omit<ClusterView, 'counts'>): StreamsMetadata[] {
  const storesOf = (tasks: readonly string[]): string[] =>
    plan.subtopologies
      .filter(({ id }) => tasks.some((task) => task.startsWith(`${id}_`)))
      .flatMap(({ stores }) => stores.map(({ name }) => name));
  return members.map(({ endpoint, tasks, standbys }) => ({
    endpoint,
    tasks,
    standbyTasks: standbys,
    stores: storesOf(tasks),
    standbyStores: storesOf(standbys),
  }));
}

function subtopologyOf(plan: TopologyPlan, store: string): SubtopologyPlan {
  const found = plan.subtopologies.find(({ stores }) => stores.some(({ name }) => name === store));
  if (found !== undefined) return found;
  const isGlobal = plan.globalStores.some(({ builder }) => builder.name === store);
  throw new InvalidStateStoreError(
    isGlobal
      ? `"${store}" is a global table: every instance has all of its keys.`
      : `This topology has no store named "${store}".`,
  );
}
