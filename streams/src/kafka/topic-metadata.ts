import { BytesReader } from './bytes-reader.ts';
import { BytesWriter } from './bytes-writer.ts';
import type { RawRequest } from './kafkajs-internals.ts';
import { protocolError, rawRequest } from './wire.ts';

/** What a broker says of one topic. KafkaJS says of several only that something is wrong with one of them. */
export interface TopicMetadata {
  readonly topic: string;
  readonly error: Error | null;
  readonly partitions: number;
}

export interface TopicMetadataAnswer {
  readonly topics: readonly TopicMetadata[];
}

/** Metadata version 4 for these topics only, none of which is made by asking. */
export function topicMetadataRequest(topics: readonly string[]): RawRequest {
  const body = new BytesWriter(256).int32(topics.length);
  for (const topic of topics) body.string(topic);
  body.int8(0);
  return rawRequest({ apiKey: 3, apiVersion: 4, apiName: 'Metadata' }, body, decodeTopics);
}

function decodeTopics(payload: Buffer): TopicMetadataAnswer {
  const reader = new BytesReader(payload);
  reader.int32();
  for (let brokers = reader.int32(); brokers > 0; brokers -= 1) {
    reader.int32();
    reader.string();
    reader.int32();
    reader.string();
  }
  reader.string();
  reader.int32();
  const topics: TopicMetadata[] = [];
  for (let count = reader.int32(); count > 0; count -= 1) topics.push(decodeTopic(reader));
  return { topics };
}

function decodeTopic(reader: BytesReader): TopicMetadata {
  const error = protocolError(reader.int16());
  const topic = reader.string();
  reader.int8();
  const partitions = reader.int32();
  for (let left = partitions; left > 0; left -= 1) {
    reader.take(10);
    reader.take(4 * reader.int32());
    reader.take(4 * reader.int32());
  }
  return { topic, error, partitions };
}
