import type { ClusterPort, TopicPartition } from '../clusters/cluster-port.ts';
import { partitionKey } from './sampling.ts';

/** What lies first at or behind an offset: a record with a time, nothing but markers to the end, or it is unknown. */
export type FirstRecord =
  | { readonly kind: 'record'; readonly timestamp: number }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unknown' };

export interface FirstRecords {
  /** What lies between `from` and `end`; a partition is read at most once a second, and not at all when asked again. */
  find(where: TopicPartition, from: number, end: number, signal?: AbortSignal): Promise<FirstRecord>;
}

const finders = new WeakMap<ClusterPort, FirstRecords>();

export function firstRecordsOf(port: ClusterPort): FirstRecords {
  const existing = finders.get(port);
  if (existing) return existing;
  const created = createFirstRecords(port);
  finders.set(port, created);
  return created;
}

interface Remembered {
  readonly from: number;
  readonly found: FirstRecord;
  readonly readAt: number;
}

const REREAD_MS = 1_000;
const MOST_REMEMBERED = 20_000;
const MOST_READS = 3;

export function createFirstRecords(
  port: ClusterPort,
  now: () => number = () => performance.now(),
): FirstRecords {
  const remembered = new Map<string, Remembered>();
  return {
    async find(where, from, end, signal) {
      const key = partitionKey(where);
      const last = remembered.get(key);
      // A record never changes; of one that was just overtaken, the time is good enough for a second.
      if (last?.found.kind === 'record' && (last.from === from || now() - last.readAt < REREAD_MS))
        return last.found;
      const found = await readFirst(port, where, from, end, signal);
      if (remembered.size > MOST_REMEMBERED) remembered.clear();
      remembered.set(key, { from, found, readAt: now() });
      return found;
    },
  };
}

async function readFirst(
  port: ClusterPort,
  where: TopicPartition,
  from: number,
  end: number,
  signal?: AbortSignal,
): Promise<FirstRecord> {
  let position = from;
  for (let reads = 0; reads < MOST_READS; reads += 1) {
    const answer = await readOne(port, where, position, 'read_committed', signal);
    if (answer.records[0]) return toFound(answer.records[0].timestamp);
    if (answer.next >= end) return { kind: 'nothing' };
    if (answer.next === position) break;
    position = answer.next;
  }
  // Held up by a transaction that is still open: its first record tells since when.
  const { records } = await readOne(port, where, position, 'read_uncommitted', signal);
  return records[0] ? toFound(records[0].timestamp) : { kind: 'unknown' };
}

function readOne(
  port: ClusterPort,
  where: TopicPartition,
  from: number,
  isolation: 'read_committed' | 'read_uncommitted',
  signal?: AbortSignal,
) {
  const { topic, partition } = where;
  return port.read({ topic, partition, from, isolation, maxBytes: 1, maxWaitMs: 0 }, signal);
}

function toFound(timestamp: number): FirstRecord {
  return timestamp >= 0 ? { kind: 'record', timestamp } : { kind: 'unknown' };
}
