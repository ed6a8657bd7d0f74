import type { ProcessorContext } from '../processor.ts';
import type { TimestampedKeyValueStore, ValueAndTimestamp } from '../state-stores.ts';

/** What became of a row: it is the latest of its key, an older version, or too old to be kept. */
export type PutResult = 'latest' | 'older' | 'expired';

/** The rows of a table, whichever kind of store keeps them (Kafka Streams: `KeyValueStoreWrapper`). */
export interface TableStore {
  get(key: unknown): ValueAndTimestamp<unknown> | null;
  put(key: unknown, value: unknown, timestamp: number): PutResult;
}

export function tableStore(context: ProcessorContext, name: string): TableStore {
  const rows = context.getStateStore<TimestampedKeyValueStore<unknown, unknown>>(name);
  return {
    get: (key) => rows.get(key),
    put(key, value, timestamp) {
      rows.put(key, value === null ? null : { value, timestamp });
      return 'latest';
    },
  };
}
