import { setTimeout as sleep } from 'node:timers/promises';
import type { ChangelogRecord } from '../internals/stream-task.ts';
import type { TopicPartition } from '../record.ts';
import { fetchRecords, type Isolation } from './fetch-records.ts';
import type { KafkaConnection } from './kafka-connection.ts';
import { errorType, isRetriable } from './kafka-errors.ts';
import { listOffset } from './list-offsets.ts';

const MAX_WAIT_MS = 200;

export interface ReadToEndOptions {
  readonly isolation: Isolation;
  readonly signal: AbortSignal;
  /** Called with records in offset order; bytes are copies and may be kept. */
  readonly apply: (records: readonly ChangelogRecord[]) => void;
}

/**
 * Reads a partition from its beginning to the end it has now, and answers that end.
 * "At the end" is judged by position: transaction markers, compacted-away records and empty logs
 * have no last record to wait for.
 */
export async function readToEnd(
  connection: KafkaConnection,
  place: TopicPartition,
  options: ReadToEndOptions,
): Promise<number> {
  const { isolation, signal } = options;
  const end = await listOffset(connection, place, 'latest', isolation);
  let offset = await listOffset(connection, place, 'earliest', isolation);
  while (offset < end) {
    signal.throwIfAborted();
    try {
      const broker = await connection.broker(connection.leaderOf(place.topic, place.partition) ?? -1);
      const [fetched] = await fetchRecords(connection, broker, [{ ...place, offset }], {
        isolation,
        maxWaitMs: MAX_WAIT_MS,
      });
      if (fetched === undefined) continue;
      if (fetched.error !== null) throw fetched.error;
      options.apply(fetched.records.filter((record) => record.offset < end).map(copy));
      offset = fetched.nextOffset;
    } catch (error) {
      if (errorType(error) === 'OFFSET_OUT_OF_RANGE') {
        offset = await listOffset(connection, place, 'earliest', isolation);
        continue;
      }
      if (!isRetriable(error)) throw error;
      await sleep(100);
      await connection.refresh(error);
    }
  }
  return end;
}

/** Keeps a small value from holding on to the whole fetched buffer. */
function copy(record: ChangelogRecord): ChangelogRecord {
  return {
    key: record.key === null ? null : Buffer.from(record.key),
    value: record.value === null ? null : Buffer.from(record.value),
    timestamp: record.timestamp,
  };
}
