// Made by Millstream from design.millstream.json (7b285604da0e). Do not edit: it is written again each time.

import { type Serde, Serdes } from '@millstream/streams';
import type { Promise_promise } from './types.js';

/** A topic as the services agree on it. */
export interface Topic<K, V> {
  readonly name: string;
  readonly partitions: number;
  readonly replication: number;
  readonly config: Readonly<Record<string, string>>;
  readonly serdes: { readonly key: Serde<K>; readonly value: Serde<V> };
}

export const topics = {
  classClass: topic({
    name: 'class',
    partitions: 1,
    replication: 1,
    config: { 'cleanup.policy': 'delete', 'retention.ms': '-1' },
    serdes: { key: Serdes.string(), value: Serdes.json<Promise_promise>() },
  }),
  classCopy: topic({
    name: 'Class',
    partitions: 1,
    replication: 1,
    config: { 'cleanup.policy': 'delete', 'retention.ms': '-1' },
    serdes: { key: Serdes.string(), value: Serdes.json<Promise_promise>() },
  }),
};

function topic<K, V>(description: Topic<K, V>): Topic<K, V> {
  return description;
}
