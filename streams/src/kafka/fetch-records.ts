import { groupBy } from '../internals/group-by.ts';
import type { LogRecord } from '../record.ts';
import { topicAccess } from './access.ts';
import { BytesReader } from './bytes-reader.ts';
import { BytesWriter } from './bytes-writer.ts';
import type { KafkaConnection } from './kafka-connection.ts';
import type { RawBroker } from './kafkajs-internals.ts';
import { type AbortedTransaction, decodeBatches } from './record-batch.ts';
import { protocolError, rawRequest } from './wire.ts';

/** What consumers see: all records, or only those of committed transactions. */
export type Isolation = 'read_uncommitted' | 'read_committed';

/** A partition to read, from an offset on. */
export interface FetchTarget {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** What came back for one partition. */
export interface FetchedPartition {
  readonly topic: string;
  readonly partition: number;
  readonly error: Error | null;
  /** End of what may be read: the last stable offset when only committed records are read. */
  readonly endOffset: number;
  readonly logStartOffset: number;
  readonly records: readonly LogRecord[];
  /** Where to read on. Moves past control records and emptied batches. */
  readonly nextOffset: number;
}

export interface FetchOptions {
  readonly isolation: Isolation;
  readonly maxWaitMs: number;
  readonly maxBytes?: number;
}

const MAX_BYTES = 16 * 1024 * 1024;
const MAX_PARTITION_BYTES = 1024 * 1024;

/** One Fetch request (version 11) to the leader of all targets. */
export async function fetchRecords(
  connection: KafkaConnection,
  broker: RawBroker,
  targets: readonly FetchTarget[],
  options: FetchOptions,
): Promise<FetchedPartition[]> {
  const body = encodeFetch(targets, options);
  const request = rawRequest(
    { apiKey: 1, apiVersion: 11, apiName: 'Fetch' },
    body,
    (payload) => ({ partitions: decodeFetch(payload, targets, options.isolation) }),
    options.maxWaitMs + 30_000,
  );
  const { partitions } = await connection.send<{ partitions: FetchedPartition[] }>(
    broker,
    request,
    options.maxWaitMs + 15_000,
  );
  return partitions;
}

function encodeFetch(targets: readonly FetchTarget[], options: FetchOptions): BytesWriter {
  const byTopic = groupBy(targets, ({ topic }) => topic);
  const body = new BytesWriter(256)
    .int32(-1)
    .int32(options.maxWaitMs)
    .int32(1)
    .int32(options.maxBytes ?? MAX_BYTES)
    .int8(options.isolation === 'read_committed' ? 1 : 0)
    .int32(0)
    .int32(-1)
    .int32(byTopic.size);
  for (const [topic, partitions] of byTopic) {
    body.string(topic).int32(partitions.length);
    for (const { partition, offset } of partitions) {
      body.int32(partition).int32(-1).int64(offset).int64(-1).int32(MAX_PARTITION_BYTES);
    }
  }
  return body.int32(0).string('');
}

function decodeFetch(
  payload: Buffer,
  targets: readonly FetchTarget[],
  isolation: Isolation,
): FetchedPartition[] {
  const reader = new BytesReader(payload);
  reader.int32();
  const error = protocolError(reader.int16());
  if (error !== null) throw error;
  reader.int32();
  const fetched: FetchedPartition[] = [];
  for (let topics = reader.int32(); topics > 0; topics -= 1) {
    const topic = reader.string();
    for (let count = reader.int32(); count > 0; count -= 1) {
      fetched.push(decodePartition(reader, topic, targets, isolation));
    }
  }
  return fetched;
}

function decodePartition(
  reader: BytesReader,
  topic: string,
  targets: readonly FetchTarget[],
  isolation: Isolation,
): FetchedPartition {
  const partition = reader.int32();
  const error = protocolError(reader.int16(), topicAccess('Read', topic));
  const highWatermark = reader.int64();
  const lastStableOffset = reader.int64();
  const logStartOffset = reader.int64();
  const aborted: AbortedTransaction[] = [];
  for (let count = reader.int32(); count > 0; count -= 1) {
    aborted.push({ producerId: reader.int64Text(), firstOffset: reader.int64() });
  }
  reader.int32();
  const bytes = reader.take(reader.int32());
  const from = targets.find((each) => each.topic === topic && each.partition === partition)?.offset ?? 0;
  const decoded = decodeBatches(topic, partition, bytes, from, aborted);
  return {
    topic,
    partition,
    error,
    endOffset: isolation === 'read_committed' ? lastStableOffset : highWatermark,
    logStartOffset,
    records: decoded.records,
    nextOffset: Math.max(decoded.nextOffset ?? from, from),
  };
}
