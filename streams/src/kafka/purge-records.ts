import { groupBy } from '../internals/group-by.ts';
import { topicAccess } from './access.ts';
import { BytesReader } from './bytes-reader.ts';
import { BytesWriter } from './bytes-writer.ts';
import type { KafkaConnection } from './kafka-connection.ts';
import { assertNoError, rawRequest } from './wire.ts';

/** Records of a partition below this offset are not needed any more. */
export interface PurgePoint {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** Deletes consumed records (DeleteRecords 1), as Kafka Streams does with repartition topics. */
export async function purgeRecords(
  connection: KafkaConnection,
  points: readonly PurgePoint[],
): Promise<void> {
  const byLeader = groupBy(points, ({ topic, partition }) => connection.leaderOf(topic, partition) ?? -1);
  for (const [leader, each] of byLeader) {
    const byTopic = groupBy(each, ({ topic }) => topic);
    const body = new BytesWriter(256).int32(byTopic.size);
    for (const [topic, partitions] of byTopic) {
      body.string(topic).int32(partitions.length);
      for (const { partition, offset } of partitions) body.int32(partition).int64(offset);
    }
    body.int32(10_000);
    const request = rawRequest({ apiKey: 21, apiVersion: 1, apiName: 'DeleteRecords' }, body, assertPurged);
    await connection.send(await connection.broker(leader), request);
  }
}

function assertPurged(payload: Buffer): object {
  const reader = new BytesReader(payload);
  reader.int32();
  for (let topics = reader.int32(); topics > 0; topics -= 1) {
    const topic = reader.string();
    for (let count = reader.int32(); count > 0; count -= 1) {
      reader.take(12);
      assertNoError(reader.int16(), topicAccess('Delete', topic));
    }
  }
  return {};
}
