// Made by Millstream from design.millstream.json (7ada45dff686). Do not edit: it is written again each time.

import { type Serde, Serdes } from '@millstream/streams';
import type { Click } from './types.js';

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
  pages: topic({
    name: 'pages',
    partitions: 1,
    replication: 1,
    config: { 'cleanup.policy': 'delete', 'retention.ms': '-1' },
    serdes: { key: Serdes.string(), value: Serdes.string() },
  }),
  prices: topic({
    name: 'prices',
    partitions: 1,
    replication: 1,
    config: { 'cleanup.policy': 'delete', 'retention.ms': '-1' },
    serdes: { key: Serdes.string(), value: Serdes.string() },
  }),
  visitors: topic({
    name: 'visitors',
    partitions: 1,
    replication: 1,
    config: { 'cleanup.policy': 'delete', 'retention.ms': '-1' },
    serdes: { key: Serdes.string(), value: Serdes.long() },
  }),
};

function topic<K, V>(description: Topic<K, V>): Topic<K, V> {
  return description;
}
