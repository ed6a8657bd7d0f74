import { groupBy } from '../internals/group-by.ts';
import type { ConsumedOffset } from '../internals/stream-task.ts';
import type { TopicPartition } from '../record.ts';
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
}

/** Who commits: the broker refuses a member or generation that is no longer current. */
export interface GroupIdentity {
  readonly groupId: string;
  readonly memberId: string;
  readonly generation: number;
  readonly instanceId: string | null;
}

const METADATA_VERSION = 2;

/** Kafka Streams' offset metadata: base64 of byte 2 and the int64 partition time. */
export function encodePartitionTime(timestamp: number): string {
  const bytes = Buffer.alloc(9);
  bytes.writeInt8(METADATA_VERSION, 0);
  bytes.writeBigInt64BE(BigInt(timestamp), 1);
  return bytes.toString('base64');
}

/** Reads metadata of either version; anything else means the time is unknown (-1). */
export function decodePartitionTime(metadata: string | null): number {
  const bytes = Buffer.from(metadata ?? '', 'base64');
  const version = bytes[0];
  if (bytes.length < 9 || (version !== 1 && version !== METADATA_VERSION)) return -1;
  return Number(bytes.readBigInt64BE(1));
}

export async function fetchCommitted(
  connection: KafkaConnection,
  groupId: string,
  places: readonly TopicPartition[],
): Promise<Committed[]> {
  const byTopic = groupBy(places, ({ topic }) => topic);
  const topics = [...byTopic].map(([topic, each]) => ({
    topic,
    partitions: each.map(({ partition }) => ({ partition })),
  }));
  const { responses } = await connection.retry(async () => {
    const broker = await connection.groupCoordinator(groupId);
    return broker.offsetFetch({ groupId, topics });
  });
  return responses.flatMap(({ topic, partitions }) =>
    partitions.map(({ partition, offset, metadata }) => ({
      topic,
      partition,
      offset: Number(offset) < 0 ? null : Number(offset),
      partitionTime: decodePartitionTime(metadata),
    })),
  );
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
    partitions: each.map(({ partition, offset, partitionTime }) => ({
      partition,
      offset: String(offset),
      metadata: encodePartitionTime(partitionTime),
    })),
  }));
  await connection.retry(async () => {
    const broker = await connection.groupCoordinator(group.groupId);
    await broker.offsetCommit({
      groupId: group.groupId,
      groupGenerationId: group.generation,
      memberId: group.memberId,
      topics,
    });
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
    for (const { partition, offset, partitionTime } of each) {
      body
        .int32(partition)
        .int64(offset)
        .int32(-1)
        .compactString(encodePartitionTime(partitionTime))
        .uvarint(0);
    }
    body.uvarint(0);
  }
  body.uvarint(0);
  const request = rawRequest(
    { apiKey: 28, apiVersion: 3, apiName: 'TxnOffsetCommit' },
    body,
    assertCommitted,
  );
  await connection.retry(async () => {
    const broker = await connection.groupCoordinator(group.groupId);
    await connection.send(broker, request);
  });
}

function assertCommitted(payload: Buffer): object {
  const reader = new BytesReader(payload);
  reader.uvarint();
  reader.int32();
  for (let topics = reader.uvarint() - 1; topics > 0; topics -= 1) {
    reader.take(reader.uvarint() - 1);
    for (let count = reader.uvarint() - 1; count > 0; count -= 1) {
      reader.int32();
      assertNoError(reader.int16());
      reader.uvarint();
    }
    reader.uvarint();
  }
  return {};
}
