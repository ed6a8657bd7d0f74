import { type Topic, topics } from '@windows-and-tables/events';
import { exact } from '@windows-and-tables/runtime';

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
    name: 'people',
    topic: 'people',
    count: 4,
    rate: 0.5,
    record: (n) =>
      toTopic(topics.people, `v${n % 3}`, { name: `P${n % 3}`, city: n < 3 ? 'Rome' : 'Oslo' }),
  },
  {
    name: 'employees',
    topic: 'employees',
    count: 3,
    rate: 1,
    record: (n) =>
      toTopic(topics.employees, `v${exact(n + 1)}`, { name: `E${exact(n + 1)}`, city: 'Rome' }),
  },
  {
    name: 'orders',
    topic: 'orders',
    count: 7,
    rate: 1,
    record: (n) =>
      toTopic(topics.orders, `o${n % 3}`, {
        customer: `v${exact(n * 2) % 5}`,
        cents: exact(100 + n),
      }),
  },
  {
    name: 'clicks',
    topic: 'clicks',
    count: 12,
    rate: 1,
    record: (n) =>
      toTopic(topics.clicks, `v${n % 4 === 3 ? 0 : n % 2}`, {
        visitor: `v${n % 2}`,
        page: n % 2 === 0 ? '/' : '/prices',
        millis: exact(n * 7) % 10,
      }),
  },
  {
    name: 'other-clicks',
    topic: 'other-clicks',
    count: 3,
    rate: 0.5,
    record: (n) =>
      toTopic(topics.otherClicks, `v${n}`, { visitor: `v${n}`, page: '/other', millis: n }),
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
