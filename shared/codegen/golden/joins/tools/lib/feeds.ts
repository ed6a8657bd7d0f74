import { type Topic, topics } from '@joins/events';
import { exact } from '@joins/runtime';

/** A record for a topic, in bytes, or a request to a service. */
export type FeedRecord =
  | { readonly topic: string; readonly key: Buffer | null; readonly value: Buffer }
  | {
      readonly service: string;
      readonly method: 'POST' | 'PUT';
      readonly path: string;
      readonly body: unknown;
    };

/** Records made for a first run, in place of the world outside; the same each time. */
export interface Feed {
  readonly name: string;
  /** The topic that is filled; null for requests to a service. */
  readonly topic: string | null;
  /** How many there are; null: no end. */
  readonly count: number | null;
  /** Records a second; 0: all at once. */
  readonly rate: number;
  /** The record of a number, from 0. */
  readonly record: (n: number) => FeedRecord;
}

export const feeds: readonly Feed[] = [
  {
    name: 'visitors',
    topic: 'visitors',
    count: 2,
    rate: 0,
    record: (n) => toTopic(topics.visitors, `visitor-${n}`, { name: `V${n}` }),
  },
  {
    name: 'clicks',
    topic: 'clicks',
    count: 6,
    rate: 1,
    record: (n) =>
      toTopic(topics.clicks, `visitor-${n % 3}`, {
        page: n % 2 === 0 ? '/' : '/prices',
        visitor: `visitor-${n % 3}`,
        millis: exact(n * 10),
      }),
  },
];

function toTopic<K, V>(topic: Topic<K, V>, key: K | null, value: V): FeedRecord {
  const { serdes } = topic;
  return {
    topic: topic.name,
    key: key === null ? null : Buffer.from(serdes.key.serialize(key)),
    value: Buffer.from(serdes.value.serialize(value)),
  };
}
