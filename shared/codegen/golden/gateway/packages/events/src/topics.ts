// Made by Millstream from design.millstream.json (10f035e14993). Do not edit: it is written again each time.

import { type Serde, Serdes } from '@millstream/streams';
import type { Visitor } from './types.js';

/** A topic as the services agree on it. */
export interface Topic<K, V> {
  readonly name: string;
  readonly partitions: number;
  readonly replication: number;
  readonly config: Readonly<Record<string, string>>;
  readonly serdes: { readonly key: Serde<K>; readonly value: Serde<V> };
}

export const topics = {
  visitors: topic({
    name: 'visitors',
    partitions: 2,
    replication: 1,
    config: { 'cleanup.policy': 'compact' },
    serdes: { key: Serdes.string(), value: Serdes.json<Visitor>() },
  }),
};

function topic<K, V>(description: Topic<K, V>): Topic<K, V> {
  return description;
}
