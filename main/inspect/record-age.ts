import type { ClusterPort, TopicPartition } from '../clusters/cluster-port.ts';
import { partitionKey } from './sampling.ts';

/** What lies first at or behind an offset: a record with a time, nothing but markers to the end, or it is unknown. */
export type FirstRecord =
  | { readonly kind: 'record'; readonly timestamp: number }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unknown' };

export interface FirstRecords {
  /**
   * What lies between `from` and `end` for this reader, such as a group. A partition is read at most once a second
   * for each reader, and seldom for an offset that was looked at before. Readers may share one read.
   */
  find(asked: FirstRecordQuestion): Promise<FirstRecord>;
}

export interface FirstRecordQuestion {
  readonly reader: string;
  readonly where: TopicPartition;
  readonly from: number;
  readonly end: number;
}

const finders = new WeakMap<ClusterPort, FirstRecords>();

export function firstRecordsOf(port: ClusterPort): FirstRecords {
  const existing = finders.get(port);
  if (existing) return existing;
  const created = createFirstRecords(port);
  finders.set(port, created);
  return created;
}

interface Reading {
  readonly found: Promise<FirstRecord>;
  readonly readAt: number;
}

interface LastLook {
  readonly found: FirstRecord;
  readonly readAt: number;
}

const REREAD_MS = 1_000;
/** A record never changes, but its topic may be deleted and made anew. */
const KEEP_MS = 60_000;
const MOST_REMEMBERED = 50_000;
const MOST_READS = 3;

export function createFirstRecords(
  port: ClusterPort,
  now: () => number = () => performance.now(),
): FirstRecords {
  const byOffset = new Map<string, Reading>();
  const byReader = new Map<string, LastLook>();

  const look = (offset: string, { where, from, end }: FirstRecordQuestion) => {
    if (byOffset.size > MOST_REMEMBERED) byOffset.clear();
    const started = readFirst(port, where, from, end);
    byOffset.set(offset, { found: started, readAt: now() });
    // That there is none, or an error, may be otherwise the next time.
    const forget = () => byOffset.delete(offset);
    started.then(({ kind }) => kind === 'record' || forget(), forget);
    return started;
  };

  return {
    async find(asked) {
      const key = partitionKey(asked.where);
      const offset = `${asked.from}@${key}`;
      const reader = JSON.stringify([asked.reader, key]);
      const last = byReader.get(reader);
      // Of a record that was just overtaken, the time is good enough for a second.
      const isRecent = last?.found.kind === 'record' && now() - last.readAt < REREAD_MS;
      const known = byOffset.get(offset);
      if (known && now() - known.readAt < KEEP_MS) return known.found;
      if (last && isRecent) return last.found;
      const found = await look(offset, asked);
      if (byReader.size > MOST_REMEMBERED) byReader.clear();
      byReader.set(reader, { found, readAt: now() });
      return found;
    },
  };
}

async function readFirst(
  port: ClusterPort,
  where: TopicPartition,
  from: number,
  end: number,
): Promise<FirstRecord> {
  let position = from;
  for (let reads = 0; reads < MOST_READS; reads += 1) {
    const answer = await readOne(port, where, position, 'read_committed');
    if (answer.records[0]) return toFound(answer.records[0].timestamp);
    if (answer.next >= end) return { kind: 'nothing' };
    if (answer.next === position) break;
    position = answer.next;
  }
  // Held up by a transaction that is still open: its first record tells since when.
  const { records } = await readOne(port, where, position, 'read_uncommitted');
  return records[0] ? toFound(records[0].timestamp) : { kind: 'unknown' };
}

function readOne(
  port: ClusterPort,
  where: TopicPartition,
  from: number,
  isolation: 'read_committed' | 'read_uncommitted',
) {
  const { topic, partition } = where;
  return port.read({ topic, partition, from, isolation, maxBytes: 1, maxWaitMs: 0 });
}

function toFound(timestamp: number): FirstRecord {
  return timestamp >= 0 ? { kind: 'record', timestamp } : { kind: 'unknown' };
}
