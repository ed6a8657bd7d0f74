// Made by Millstream from design.millstream.json (aa561a72eca7). Do not edit: it is written again each time.

import { type Serde, Serdes } from '@millstream/streams';
import type { Click, Order, Person, Span } from './types.js';

/** A topic as the services agree on it. */
export interface Topic<K, V> {
  readonly name: string;
  readonly partitions: number;
  readonly replication: number;
  readonly config: Readonly<Record<string, string>>;
  readonly serdes: { readonly key: Serde<K>; readonly value: Serde<V> };
}

export const topics = {
  clicks: topic({
    name: 'clicks',
    partitions: 2,
    replication: 1,
    config: { 'cleanup.policy': 'delete', 'retention.ms': '-1' },
    serdes: { key: Serdes.string(), value: Serdes.json<Click>() },
  }),
  otherClicks: topic({
    name: 'other-clicks',
    partitions: 2,
    replication: 1,
    config: { 'cleanup.policy': 'delete', 'retention.ms': '-1' },
    serdes: { key: Serdes.string(), value: Serdes.json<Click>() },
  }),
  orders: topic({
    name: 'orders',
    partitions: 2,
    replication: 1,
    config: { 'cleanup.policy': 'compact' },
    serdes: { key: Serdes.string(), value: Serdes.json<Order>() },
  }),
  people: topic({
    name: 'people',
    partitions: 2,
    replication: 1,
    config: { 'cleanup.policy': 'compact' },
    serdes: { key: Serdes.string(), value: Serdes.json<Person>() },
  }),
  employees: topic({
    name: 'employees',
    partitions: 2,
    replication: 1,
    config: { 'cleanup.policy': 'compact' },
    serdes: { key: Serdes.string(), value: Serdes.json<Person>() },
  }),
  namedOrders: topic({
    name: 'named-orders',
    partitions: 1,
    replication: 1,
    config: { 'cleanup.policy': 'delete', 'retention.ms': '-1' },
    serdes: { key: Serdes.string(), value: Serdes.string() },
  }),
  everybody: topic({
    name: 'everybody',
    partitions: 1,
    replication: 1,
    config: { 'cleanup.policy': 'delete', 'retention.ms': '-1' },
    serdes: { key: Serdes.string(), value: Serdes.string() },
  }),
  atHome: topic({
    name: 'at-home',
    partitions: 1,
    replication: 1,
    config: { 'cleanup.policy': 'delete', 'retention.ms': '-1' },
    serdes: { key: Serdes.string(), value: Serdes.string() },
  }),
  pairs: topic({
    name: 'pairs',
    partitions: 1,
    replication: 1,
    config: { 'cleanup.policy': 'delete', 'retention.ms': '-1' },
    serdes: { key: Serdes.string(), value: Serdes.string() },
  }),
  visitSizes: topic({
    name: 'visit-sizes',
    partitions: 1,
    replication: 1,
    config: { 'cleanup.policy': 'delete', 'retention.ms': '-1' },
    serdes: { key: Serdes.string(), value: Serdes.long() },
  }),
  recent: topic({
    name: 'recent',
    partitions: 1,
    replication: 1,
    config: { 'cleanup.policy': 'delete', 'retention.ms': '-1' },
    serdes: { key: Serdes.string(), value: Serdes.long() },
  }),
  finalCounts: topic({
    name: 'final-counts',
    partitions: 1,
    replication: 1,
    config: { 'cleanup.policy': 'delete', 'retention.ms': '-1' },
    serdes: { key: Serdes.string(), value: Serdes.long() },
  }),
  nowAndThen: topic({
    name: 'now-and-then',
    partitions: 1,
    replication: 1,
    config: { 'cleanup.policy': 'delete', 'retention.ms': '-1' },
    serdes: { key: Serdes.string(), value: Serdes.long() },
  }),
  ordersPerCity: topic({
    name: 'orders-per-city',
    partitions: 1,
    replication: 1,
    config: { 'cleanup.policy': 'delete', 'retention.ms': '-1' },
    serdes: { key: Serdes.string(), value: Serdes.long() },
  }),
  visits: topic({
    name: 'visits',
    partitions: 1,
    replication: 1,
    config: { 'cleanup.policy': 'delete', 'retention.ms': '-1' },
    serdes: { key: Serdes.string(), value: Serdes.json<Span>() },
  }),
  deadLetters: topic({
    name: 'dead-letters',
    partitions: 1,
    replication: 1,
    config: { 'cleanup.policy': 'delete', 'retention.ms': '-1' },
    serdes: { key: Serdes.string(), value: Serdes.json<string>() },
  }),
  impossible: topic({
    name: 'impossible',
    partitions: 1,
    replication: 1,
    config: { 'cleanup.policy': 'delete', 'retention.ms': '-1' },
    serdes: { key: Serdes.string(), value: Serdes.json<Click>() },
  }),
};

function topic<K, V>(description: Topic<K, V>): Topic<K, V> {
  return description;
}
