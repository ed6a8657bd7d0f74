import type { GroupDescription } from '#shared/contract/cluster-types.ts';
import type { PartitionLag } from '#shared/contract/inspect.ts';
import type { ClusterPort, TopicPartition } from '../clusters/cluster-port.ts';
import { inParallel } from './in-parallel.ts';
import { type FirstRecord, firstRecordsOf } from './record-age.ts';
import { offsetSamplerOf, partitionKey } from './sampling.ts';
import { compareNames } from './topics.ts';

export interface LagOptions {
  /** How old the end offsets may be, in milliseconds; 0 when not given. */
  readonly maxAgeMs?: number;
  /** Of how many partitions, the ones most behind first, the age is read; 64 when not given. */
  readonly mostAges?: number;
}

const START_AGE_MS = 5_000;
const MOST_AGES = 64;
const PARALLEL_READS = 4;

/** How far a group is behind, on every partition where it has committed or that one of its members holds. */
export async function readGroupLag(
  port: ClusterPort,
  group: Pick<GroupDescription, 'id' | 'members'>,
  options: LagOptions = {},
  signal?: AbortSignal,
): Promise<PartitionLag[]> {
  const committed = new Map(
    (await port.committedOffsets(group.id, signal)).map((one) => [partitionKey(one), one] as const),
  );
  const owners = ownersOf(group);
  const partitions = [...new Map<string, TopicPartition>([...committed, ...owners]).values()];
  const sampler = offsetSamplerOf(port);
  const maxAgeMs = options.maxAgeMs ?? 0;
  const [starts, ends] = await Promise.all([
    sampler.offsets(partitions, 'earliest', Math.max(maxAgeMs, START_AGE_MS)),
    sampler.offsets(partitions, 'latest', maxAgeMs),
  ]);
  const lags = partitions.map(({ topic, partition }): PartitionLag => {
    const key = partitionKey({ topic, partition });
    const startOffset = starts.get(key) ?? null;
    const endOffset = ends.get(key) ?? null;
    const offset = committed.get(key)?.offset ?? null;
    const lag = countLag(offset, startOffset, endOffset);
    const owner = owners.get(key)?.clientId ?? null;
    return {
      topic,
      partition,
      committed: offset,
      startOffset,
      endOffset,
      lag,
      lagMs: lag === 0 ? 0 : null,
      owner,
    };
  });
  return (await withAges(port, group.id, lags, options.mostAges ?? MOST_AGES)).sort(byPartition);
}

/**
 * Records between what is committed and the end. What retention or compaction has removed cannot be read any more,
 * so counting begins at the log's start at the earliest; there it also begins for a group that never committed.
 */
export function countLag(committed: number | null, start: number | null, end: number | null): number | null {
  if (end === null || (committed === null && start === null)) return null;
  return Math.max(0, end - Math.max(committed ?? 0, start ?? 0));
}

async function withAges(
  port: ClusterPort,
  group: string,
  lags: readonly PartitionLag[],
  most: number,
): Promise<PartitionLag[]> {
  const now = port.now?.() ?? Date.now();
  const behind = lags
    .filter(({ lag }) => lag !== null && lag > 0)
    .sort((a, b) => (b.lag ?? 0) - (a.lag ?? 0))
    .slice(0, most);
  const found = new Map<PartitionLag, FirstRecord>();
  const finder = firstRecordsOf(port);
  await inParallel(behind, PARALLEL_READS, async (lag) => {
    const from = Math.max(lag.committed ?? 0, lag.startOffset ?? 0);
    const asked = { reader: group, where: lag, from, end: lag.endOffset ?? from };
    found.set(lag, await finder.find(asked));
  });
  return lags.map((lag) => {
    const first = found.get(lag);
    // Only markers of transactions are left: there is no record to wait for.
    if (first?.kind === 'nothing') return { ...lag, lag: 0, lagMs: 0 };
    return first?.kind === 'record' ? { ...lag, lagMs: Math.max(0, now - first.timestamp) } : lag;
  });
}

function ownersOf(group: Pick<GroupDescription, 'members'>) {
  const owners = new Map<string, TopicPartition & { readonly clientId: string }>();
  for (const { clientId, assignments } of group.members) {
    for (const { topic, partitions } of assignments) {
      for (const partition of partitions) {
        owners.set(partitionKey({ topic, partition }), { topic, partition, clientId });
      }
    }
  }
  return owners;
}

function byPartition(a: TopicPartition, b: TopicPartition): number {
  return compareNames(a.topic, b.topic) || a.partition - b.partition;
}
