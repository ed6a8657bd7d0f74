import type { TopicPartition } from '../record.ts';
import { topicAccess } from './access.ts';
import { BytesReader } from './bytes-reader.ts';
import { BytesWriter } from './bytes-writer.ts';
import type { Isolation } from './fetch-records.ts';
import type { KafkaConnection } from './kafka-connection.ts';
import { assertNoError, rawRequest } from './wire.ts';

const LATEST = -1;
const EARLIEST = -2;

/** First or end offset of a partition; the end is the last stable offset when reading committed records. */
export async function listOffset(
  connection: KafkaConnection,
  place: TopicPartition,
  which: 'earliest' | 'latest',
  isolation: Isolation,
): Promise<number> {
  return connection.retry(async () => {
    const leader = connection.leaderOf(place.topic, place.partition);
    const broker = leader === null ? await connection.anyBroker() : await connection.broker(leader);
    const body = new BytesWriter(128)
      .int32(-1)
      .int8(isolation === 'read_committed' ? 1 : 0)
      .int32(1)
      .string(place.topic)
      .int32(1)
      .int32(place.partition)
      .int64(which === 'latest' ? LATEST : EARLIEST);
    const api = { apiKey: 2, apiVersion: 3, apiName: 'ListOffsets' };
    const request = rawRequest(api, body, (payload) => decodeOffset(payload, place.topic));
    return (await connection.send<{ offset: number }>(broker, request)).offset;
  });
}

function decodeOffset(payload: Buffer, topic: string): { offset: number } {
  const reader = new BytesReader(payload);
  reader.int32();
  reader.int32();
  reader.string();
  reader.int32();
  reader.int32();
  assertNoError(reader.int16(), topicAccess('Describe', topic));
  reader.int64();
  return { offset: reader.int64() };
}
