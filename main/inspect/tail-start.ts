import type { TailStart } from '#shared/contract/inspect.ts';
import {
  ClusterError,
  type ClusterPort,
  type OffsetQuery,
  type TopicPartition,
} from '../clusters/cluster-port.ts';

/** Where a tail begins in each of these partitions, in their order, and where their ends are now. */
export async function resolveTailStart(
  port: ClusterPort,
  partitions: readonly TopicPartition[],
  from: TailStart,
  signal: AbortSignal,
): Promise<{ readonly next: number; readonly end: number }[]> {
  const ask = async (at: OffsetQuery) =>
    (await port.listOffsets(partitions, at, signal)).map(({ offset }) => offset);
  const [starts, ends] = await Promise.all([ask('earliest'), ask('latest')]);
  const later = typeof from === 'object' && 'timestamp' in from ? await ask(from) : [];
  return partitions.map((where, index) => {
    const start = starts[index] ?? null;
    const end = ends[index] ?? null;
    if (start === null || end === null) throw noLeader(where);
    return { next: startIn(from, start, end, later[index] ?? null), end };
  });
}

function startIn(from: TailStart, start: number, end: number, later: number | null): number {
  if (from === 'start') return start;
  if (from === 'end') return end;
  if ('offset' in from) return Math.min(Math.max(from.offset, start), end);
  if ('last' in from) return Math.max(start, end - from.last);
  // No record that late yet: what comes next is.
  return later ?? end;
}

function noLeader({ topic, partition }: TopicPartition): ClusterError {
  return new ClusterError('unreachable', `No broker leads ${topic}-${partition} now: wait until one does.`);
}
