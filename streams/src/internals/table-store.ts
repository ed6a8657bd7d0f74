import type { Materialized } from '../dsl-options.ts';
import type { ProcessorContext } from '../processor.ts';
import type { Serde } from '../serdes.ts';
import type {
  StateStore,
  TimestampedKeyValueStore,
  ValueAndTimestamp,
  VersionedPut,
} from '../state-stores.ts';
import { type StoreBuilder, Stores } from '../store-builder.ts';
import { isVersionedStore } from './versioned-store.ts';

/** The rows of a table, whichever kind of store keeps them (Kafka Streams: `KeyValueStoreWrapper`). */
export interface TableStore {
  /** The row, of now or as of a timestamp; stores without versions know only the one of now. */
  get(key: unknown, asOf?: number): ValueAndTimestamp<unknown> | null;
  put(key: unknown, value: unknown, timestamp: number): VersionedPut;
}

export function tableStore(context: ProcessorContext, name: string): TableStore {
  const store = context.getStateStore<StateStore>(name);
  if (isVersionedStore(store)) return store;
  const rows = store as TimestampedKeyValueStore<unknown, unknown>;
  return {
    get: (key) => rows.get(key),
    put(key, value, timestamp) {
      rows.put(key, value === null ? null : { value, timestamp });
      return 'latest';
    },
  };
}

/** What is said about a table's store, with the types taken away. */
export type TableStoreOptions = Pick<
  Materialized<unknown, unknown>,
  'logged' | 'inMemory' | 'historyRetentionMs'
>;

/** A store for a table: of latest rows with their timestamps, or of versions where a history is asked for. */
export function tableStoreBuilder(
  name: string,
  key: Serde<unknown>,
  value: Serde<unknown>,
  { logged = true, inMemory = false, historyRetentionMs }: TableStoreOptions,
): StoreBuilder {
  return historyRetentionMs === undefined
    ? Stores.timestampedKeyValueStore(name, { key, value, logged, inMemory })
    : Stores.versionedKeyValueStore(name, { key, value, logged, inMemory, historyRetentionMs });
}
