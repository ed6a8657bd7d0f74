import { groupBy } from '../internals/group-by.ts';
import { topicAccess, transactionAccess } from './access.ts';
import { BytesReader } from './bytes-reader.ts';
import { BytesWriter } from './bytes-writer.ts';
import type { KafkaConnection } from './kafka-connection.ts';
import type { RawBroker } from './kafkajs-internals.ts';
import { protocolError, rawRequest } from './wire.ts';

/** An encoded batch on its way to its partition. */
export interface OutgoingBatch {
  readonly topic: string;
  readonly partition: number;
  readonly bytes: Buffer;
}

/** How one partition answered. */
export interface ProducedPartition {
  readonly topic: string;
  readonly partition: number;
  readonly error: Error | null;
  /** Where the batch begins in the log; -1 when that is not known. */
  readonly baseOffset: number;
}

/** One Produce request (version 7, acks of all replicas) to the leader of all batches. */
export async function produceRecords(
  connection: KafkaConnection,
  broker: RawBroker,
  transactionalId: string | null,
  batches: readonly OutgoingBatch[],
): Promise<ProducedPartition[]> {
  const byTopic = groupBy(batches, ({ topic }) => topic);
  const size = batches.reduce((sum, { bytes }) => sum + bytes.length + 64, 256);
  const body = new BytesWriter(size).string(transactionalId).int16(-1).int32(30_000).int32(byTopic.size);
  for (const [topic, each] of byTopic) {
    body.string(topic).int32(each.length);
    for (const { partition, bytes } of each) body.int32(partition).int32(bytes.length).bytes(bytes);
  }
  const decode = (payload: Buffer) => decodeProduce(payload, transactionalId);
  const request = rawRequest({ apiKey: 0, apiVersion: 7, apiName: 'Produce' }, body, decode, 40_000);
  return (await connection.send<{ partitions: ProducedPartition[] }>(broker, request)).partitions;
}

function decodeProduce(payload: Buffer, transactionalId: string | null): { partitions: ProducedPartition[] } {
  const reader = new BytesReader(payload);
  const partitions: ProducedPartition[] = [];
  for (let topics = reader.int32(); topics > 0; topics -= 1) {
    const topic = reader.string();
    for (let count = reader.int32(); count > 0; count -= 1) {
      const partition = reader.int32();
      const error = protocolError(
        reader.int16(),
        topicAccess('Write', topic),
        transactionAccess(transactionalId ?? ''),
      );
      partitions.push({ topic, partition, error, baseOffset: reader.int64() });
      reader.take(16);
    }
  }
  return { partitions };
}
