import { groupBy } from '../internals/group-by.ts';
import type { TopicPartition } from '../record.ts';
import { topicAccess, transactionAccess } from './access.ts';
import { BytesReader } from './bytes-reader.ts';
import { BytesWriter } from './bytes-writer.ts';
import type { TransactionIdentity } from './committed-offsets.ts';
import type { KafkaConnection } from './kafka-connection.ts';
import { assertNoError, rawRequest } from './wire.ts';

/** What partitions get that were not looked at, because another one is refused. */
const OPERATION_NOT_ATTEMPTED = 55;

/** Makes partitions part of a transaction (AddPartitionsToTxn 1); KafkaJS does not say which one is refused. */
export async function addPartitions(
  connection: KafkaConnection,
  transaction: TransactionIdentity,
  places: readonly TopicPartition[],
): Promise<void> {
  const byTopic = groupBy(places, ({ topic }) => topic);
  const body = new BytesWriter(256)
    .string(transaction.transactionalId)
    .int64(BigInt(transaction.producerId))
    .int16(transaction.producerEpoch)
    .int32(byTopic.size);
  for (const [topic, each] of byTopic) {
    body.string(topic).int32(each.length);
    for (const { partition } of each) body.int32(partition);
  }
  const request = rawRequest({ apiKey: 24, apiVersion: 1, apiName: 'AddPartitionsToTxn' }, body, (payload) =>
    assertAdded(payload, transaction.transactionalId),
  );
  const broker = await connection.transactionCoordinator(transaction.transactionalId);
  await connection.send(broker, request);
}

function assertAdded(payload: Buffer, transactionalId: string): object {
  const reader = new BytesReader(payload);
  const failed: [code: number, topic: string][] = [];
  reader.int32();
  for (let topics = reader.int32(); topics > 0; topics -= 1) {
    const topic = reader.string();
    for (let count = reader.int32(); count > 0; count -= 1) {
      reader.int32();
      failed.push([reader.int16(), topic]);
    }
  }
  failed.sort(
    ([left], [right]) => Number(left === OPERATION_NOT_ATTEMPTED) - Number(right === OPERATION_NOT_ATTEMPTED),
  );
  for (const [code, topic] of failed) {
    assertNoError(code, topicAccess('Write', topic), transactionAccess(transactionalId));
  }
  return {};
}
