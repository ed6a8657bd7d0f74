import { setTimeout as sleep } from 'node:timers/promises';
import { CorruptedStateError } from '../disk/corrupted-state-error.ts';
import type { ChangelogRecord } from '../internals/stream-task.ts';
import type { TopicPartition } from '../record.ts';
import { type FetchedPartition, fetchRecords, type Isolation } from './fetch-records.ts';
import type { KafkaConnection } from './kafka-connection.ts';
import { errorType, isRetriable } from './kafka-errors.ts';
import { listOffset } from './list-offsets.ts';

const MAX_WAIT_MS = 200;

/** A position past the end of the log may be a broker that has not caught up yet; it gets this long. */
export const PAST_END_PATIENCE_MS = 10_000;

export interface ReadToEndOptions {
  readonly isolation: Isolation;
  readonly signal: AbortSignal;
  /** Where to begin; absent: at the beginning of the log. */
  readonly from?: number;
  /** Told once where reading begins and ends. */
  readonly onStart?: (from: number, to: number) => void;
  /** Called with records in offset order, and where to read on; bytes are copies and may be kept. */
  readonly apply: (records: readonly ChangelogRecord[], nextOffset: number) => void;
}

/**
 * Reads a partition to the end it has now or a little further, and answers where to read on. "At the
 * end" is judged by position: transaction markers, compacted-away records and empty logs have no last
 * record to wait for.
 * Throws `CorruptedStateError` when records are missing: the log begins after `from`, ends before it,
 * or was cut meanwhile.
 */
export async function readToEnd(
  connection: KafkaConnection,
  place: TopicPartition,
  options: ReadToEndOptions,
): Promise<number> {
  const { isolation, signal } = options;
  const end = await listOffset(connection, place, 'latest', isolation);
  const start = await listOffset(connection, place, 'earliest', isolation);
  let offset = options.from ?? start;
  if (options.from !== undefined) await assertWithin(connection, place, offset, { start, end });
  options.onStart?.(offset, Math.max(offset, end));
  let pastEndSince: number | null = null;
  while (offset < end) {
    signal.throwIfAborted();
    try {
      const fetched = await fetchOnce(connection, place, offset, isolation);
      pastEndSince = null;
      offset = fetched.nextOffset;
      options.apply(fetched.records.map(copy), offset);
    } catch (error) {
      if (errorType(error) === 'OFFSET_OUT_OF_RANGE') {
        pastEndSince ??= Date.now();
        const first = await listOffset(connection, place, 'earliest', isolation);
        if (first > offset || Date.now() - pastEndSince > PAST_END_PATIENCE_MS) throw missing(place, offset);
      } else if (!isRetriable(error)) {
        throw error;
      }
      await sleep(100);
      await connection.refresh(error);
    }
  }
  return offset;
}

/** The readable end may be behind for a moment, while a transaction of ours is being finished. */
async function assertWithin(
  connection: KafkaConnection,
  place: TopicPartition,
  offset: number,
  { start, end }: { readonly start: number; readonly end: number },
): Promise<void> {
  if (offset < start) throw missing(place, offset);
  if (offset <= end) return;
  const last = await listOffset(connection, place, 'latest', 'read_uncommitted');
  if (offset > last) throw missing(place, offset);
}

async function fetchOnce(
  connection: KafkaConnection,
  place: TopicPartition,
  offset: number,
  isolation: Isolation,
): Promise<FetchedPartition> {
  const broker = await connection.broker(connection.leaderOf(place.topic, place.partition) ?? -1);
  const [fetched] = await fetchRecords(connection, broker, [{ ...place, offset }], {
    isolation,
    maxWaitMs: MAX_WAIT_MS,
  });
  if (fetched === undefined) throw new Error(`No answer for ${place.topic}-${place.partition}.`);
  if (fetched.error !== null) throw fetched.error;
  return fetched;
}

function missing({ topic, partition }: TopicPartition, offset: number): CorruptedStateError {
  return new CorruptedStateError(
    `The log of ${topic}-${partition} does not reach offset ${offset} any more.`,
  );
}

/** Keeps a small value from holding on to the whole fetched buffer. */
function copy(record: ChangelogRecord): ChangelogRecord {
  return {
    key: record.key === null ? null : Buffer.from(record.key),
    value: record.value === null ? null : Buffer.from(record.value),
    timestamp: record.timestamp,
  };
}
