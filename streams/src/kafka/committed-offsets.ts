import { groupBy } from '../internals/group-by.ts';
import type { ConsumedOffset } from '../internals/stream-task.ts';
import type { TopicPartition } from '../record.ts';
import { type Access, groupAccess, topicAccess, transactionAccess, withAccess } from './access.ts';
import { BytesReader } from './bytes-reader.ts';
import { BytesWriter } from './bytes-writer.ts';
import type { KafkaConnection } from './kafka-connection.ts';
import type { TopicOffsets } from './kafkajs-internals.ts';
import { assertNoError, rawRequest } from './wire.ts';

/** A committed offset with the partition time kept beside it. */
export interface Committed {
  readonly topic: string;
  readonly partition: number;
  /** Null when nothing was committed. */
  readonly offset: number | null;
  readonly partitionTime: number;
  /** Numbers that processors keep: when they last emitted closed windows, by store. */
  readonly processorMetadata: ReadonlyMap<string, number>;
}

/** Who commits: the broker refuses a member or generation that is no longer current. */
export interface GroupIdentity {
  readonly groupId: string;
  readonly memberId: string;
  readonly generation: number;
  readonly instanceId: string | null;
}

const METADATA_VERSION = 2;

/**
 * Kafka Streams' offset metadata: base64 of byte 2, the int64 partition time and, when there are any,
 * the processors' numbers: int32 count, then int32 length, name and int64 value of each.
 */
export function encodePartitionTime(timestamp: number, processors?: ReadonlyMap<string, number>): string {
  const head = Buffer.alloc(9);
  head.writeInt8(METADATA_VERSION, 0);
  head.writeBigInt64BE(BigInt(timestamp), 1);
  const entries = [...(processors ?? [])].map(([name, value]) => {
    const bytes = Buffer.from(name, 'utf8');
    const entry = Buffer.alloc(bytes.length + 12);
    entry.writeInt32BE(bytes.length, 0);
    entry.set(bytes, 4);
    entry.writeBigInt64BE(BigInt(value), bytes.length + 4);
    return entry;
  });
  if (entries.length === 0) return head.toString('base64');
  const count = Buffer.alloc(4);
  count.writeInt32BE(entries.length, 0);
  return Buffer.concat([head, count, ...entries]).toString('base64');
}

/** Reads metadata of either version; anything else means the time is unknown (-1). */
export function decodePartitionTime(metadata: string | null): number {
  const bytes = Buffer.from(metadata ?? '', 'base64');
  const version = bytes[0];
  if (bytes.length < 9 || (version !== 1 && version !== METADATA_VERSION)) return -1;
  return Number(bytes.readBigInt64BE(1));
}

/** Reads the processors' numbers; bytes that do not fit are as if there were none. */
export function decodeProcessorMetadata(metadata: string | null): ReadonlyMap<string, number> {
  const bytes = Buffer.from(metadata ?? '', 'base64');
  const found = new Map<string, number>();
  if (bytes[0] !== METADATA_VERSION || bytes.length < 13) return found;
  let offset = 13;
  for (let count = bytes.readInt32BE(9); count > 0; count -= 1) {
    if (offset + 4 > bytes.length) return new Map();
    const end = offset + 4 + bytes.readInt32BE(offset);
    if (end < offset || end + 8 > bytes.length) return new Map();
    found.set(bytes.toString('utf8', offset + 4, end), Number(bytes.readBigInt64BE(end)));
    offset = end + 8;
  }
  return found;
}

/** How long to ask, and whether to leave out what open transactions will commit (default: wait for it). */
export interface FetchCommittedOptions {
  readonly requireStable?: boolean;
  readonly timeoutMs?: number;
}

/**
 * Reads committed offsets with OffsetFetch version 7 and `require_stable` (KIP-447): the coordinator
 * answers from everything it was given, and with a retriable error while a transaction that commits one
 * of these offsets has not ended. Below version 7, where KafkaJS stops, it answers from what it knows to
 * be replicated, which after a change of coordinator may be older than the transaction that just ended.
 */
export async function fetchCommitted(
  connection: KafkaConnection,
  groupId: string,
  places: readonly TopicPartition[],
  options: FetchCommittedOptions = {},
): Promise<Committed[]> {
  const byTopic = groupBy(places, ({ topic }) => topic);
  const body = new BytesWriter(256)
    .uvarint(0)
    .compactString(groupId)
    .uvarint(byTopic.size + 1);
  for (const [topic, each] of byTopic) {
    body.compactString(topic).uvarint(each.length + 1);
    for (const { partition } of each) body.int32(partition);
    body.uvarint(0);
  }
  body.int8(options.requireStable === false ? 0 : 1).uvarint(0);
  const api = { apiKey: 9, apiVersion: 7, apiName: 'OffsetFetch' };
  const request = rawRequest(api, body, (payload) => decodeCommitted(payload, groupId));
  return connection.retry(async () => {
    const broker = await connection.groupCoordinator(groupId);
    return (await connection.send<{ committed: Committed[] }>(broker, request)).committed;
  }, options);
}

function decodeCommitted(payload: Buffer, groupId: string): { committed: Committed[] } {
  const reader = new BytesReader(payload);
  const committed: Committed[] = [];
  reader.uvarint();
  reader.int32();
  for (let topics = reader.uvarint() - 1; topics > 0; topics -= 1) {
    const topic = reader.take(reader.uvarint() - 1).toString('utf8');
    for (let count = reader.uvarint() - 1; count > 0; count -= 1) {
      const partition = reader.int32();
      const offset = reader.int64();
      reader.int32();
      const metadata = reader.take(reader.uvarint() - 1).toString('utf8');
      assertNoError(reader.int16(), topicAccess('Read', topic), groupAccess(groupId));
      reader.uvarint();
      committed.push({
        topic,
        partition,
        offset: offset < 0 ? null : offset,
        partitionTime: decodePartitionTime(metadata),
        processorMetadata: decodeProcessorMetadata(metadata),
      });
    }
    reader.uvarint();
  }
  assertNoError(reader.int16(), groupAccess(groupId));
  return { committed };
}

/** Commits offsets as a group member (at least once). */
export async function commitOffsets(
  connection: KafkaConnection,
  group: GroupIdentity,
  offsets: readonly ConsumedOffset[],
): Promise<void> {
  if (offsets.length === 0) return;
  const topics: TopicOffsets[] = [...groupBy(offsets, ({ topic }) => topic)].map(([topic, each]) => ({
    topic,
    partitions: each.map(({ partition, offset, partitionTime, processorMetadata }) => ({
      partition,
      offset: String(offset),
      metadata: encodePartitionTime(partitionTime, processorMetadata),
    })),
  }));
  const access = [groupAccess(group.groupId), topicAccess('Read', ...topics.map(({ topic }) => topic))];
  await connection.retry(async () => {
    const broker = await connection.groupCoordinator(group.groupId);
    const { groupId, generation: groupGenerationId, memberId } = group;
    await withAccess(access, () => broker.offsetCommit({ groupId, groupGenerationId, memberId, topics }));
  });
}

/** The producer whose transaction the offsets belong to. */
export interface TransactionIdentity {
  readonly transactionalId: string;
  readonly producerId: string;
  readonly producerEpoch: number;
}

/**
 * Adds offsets to a transaction with TxnOffsetCommit version 3, which carries member and generation
 * (KIP-447): the broker refuses a zombie here even before its producer is fenced. KafkaJS stops at
 * version 1, which the broker accepts from anybody.
 */
export async function commitOffsetsInTransaction(
  connection: KafkaConnection,
  group: GroupIdentity,
  transaction: TransactionIdentity,
  offsets: readonly ConsumedOffset[],
): Promise<void> {
  const byTopic = groupBy(offsets, ({ topic }) => topic);
  const body = new BytesWriter(256)
    .uvarint(0)
    .compactString(transaction.transactionalId)
    .compactString(group.groupId)
    .int64(BigInt(transaction.producerId))
    .int16(transaction.producerEpoch)
    .int32(group.generation)
    .compactString(group.memberId)
    .compactString(group.instanceId)
    .uvarint(byTopic.size + 1);
  for (const [topic, each] of byTopic) {
    body.compactString(topic).uvarint(each.length + 1);
    for (const { partition, offset, partitionTime, processorMetadata } of each) {
      body
        .int32(partition)
        .int64(offset)
        .int32(-1)
        .compactString(encodePartitionTime(partitionTime, processorMetadata))
        .uvarint(0);
    }
    body.uvarint(0);
  }
  body.uvarint(0);
  const access = [groupAccess(group.groupId), transactionAccess(transaction.transactionalId)];
  const request = rawRequest({ apiKey: 28, apiVersion: 3, apiName: 'TxnOffsetCommit' }, body, (payload) =>
    assertCommitted(payload, access),
  );
  await connection.retry(async () => {
    const broker = await connection.groupCoordinator(group.groupId);
    await connection.send(broker, request);
  });
}

function assertCommitted(payload: Buffer, access: readonly Access[]): object {
  const reader = new BytesReader(payload);
  reader.uvarint();
  reader.int32();
  for (let topics = reader.uvarint() - 1; topics > 0; topics -= 1) {
    const topic = reader.take(reader.uvarint() - 1).toString('utf8');
    for (let count = reader.uvarint() - 1; count > 0; count -= 1) {
      reader.int32();
      assertNoError(reader.int16(), topicAccess('Read', topic), ...access);
      reader.uvarint();
    }
    reader.uvarint();
  }
  return {};
}
