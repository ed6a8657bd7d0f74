import { groupBy } from '../internals/group-by.ts';
import type { TopicPartition } from '../record.ts';
import { BytesReader } from './bytes-reader.ts';
import { BytesWriter } from './bytes-writer.ts';
import type { KafkaConnection } from './kafka-connection.ts';
import { isRetriable } from './kafka-errors.ts';
import { protocolError, rawRequest } from './wire.ts';

/**
 * Whether a producer has an open transaction in one of these partitions (DescribeProducers 0). A partition
 * that may not be described counts as having none.
 */
export async function hasOpenTransaction(
  connection: KafkaConnection,
  producerId: string,
  places: readonly TopicPartition[],
): Promise<boolean> {
  await connection.addTopics([...new Set(places.map(({ topic }) => topic))]);
  return connection.retry(async () => {
    const byLeader = groupBy(places, ({ topic, partition }) => connection.leaderOf(topic, partition) ?? -1);
    const answers = await Promise.all(
      [...byLeader].map(async ([leader, each]) => {
        const request = rawRequest(
          { apiKey: 61, apiVersion: 0, apiName: 'DescribeProducers' },
          encodeDescribe(each),
          (payload) => ({ open: decodeDescribe(payload, producerId) }),
        );
        return connection.send<{ open: boolean }>(await connection.broker(leader), request);
      }),
    );
    return answers.some(({ open }) => open);
  });
}

function encodeDescribe(places: readonly TopicPartition[]): BytesWriter {
  const byTopic = groupBy(places, ({ topic }) => topic);
  const body = new BytesWriter(256).uvarint(0).uvarint(byTopic.size + 1);
  for (const [topic, each] of byTopic) {
    body.compactString(topic).uvarint(each.length + 1);
    for (const { partition } of each) body.int32(partition);
    body.uvarint(0);
  }
  return body.uvarint(0);
}

function decodeDescribe(payload: Buffer, producerId: string): boolean {
  const reader = new BytesReader(payload);
  let open = false;
  reader.uvarint();
  reader.int32();
  for (let topics = reader.uvarint() - 1; topics > 0; topics -= 1) {
    reader.take(reader.uvarint() - 1);
    for (let count = reader.uvarint() - 1; count > 0; count -= 1) {
      reader.int32();
      const error = protocolError(reader.int16());
      if (isRetriable(error)) throw error;
      reader.take(reader.uvarint() - 1);
      for (let producers = reader.uvarint() - 1; producers > 0; producers -= 1) {
        const id = reader.int64Text();
        reader.take(20);
        if (reader.int64() >= 0 && id === producerId) open = true;
        reader.uvarint();
      }
      reader.uvarint();
    }
    reader.uvarint();
  }
  return open;
}
