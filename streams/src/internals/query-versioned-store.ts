import { InvalidStateStoreError } from '../errors.ts';
import type { ReadOnlyVersionedKeyValueStore, VersionedKeyValueStore } from '../state-stores.ts';
import type { StoreHandle } from './store-handle.ts';

/** Reads a versioned store across the tasks that hold its partitions. */
export function queryVersionedStore<K, V>(
  name: string,
  handles: () => readonly StoreHandle[],
): ReadOnlyVersionedKeyValueStore<K, V> {
  const parts = (): VersionedKeyValueStore<K, V>[] => {
    const found = handles();
    if (found.length === 0) {
      throw new InvalidStateStoreError(`The store "${name}" does not exist or is not on this instance.`);
    }
    return found.map(({ builder, store }) => {
      if (builder.kind === 'versioned') return store as VersionedKeyValueStore<K, V>;
      throw new InvalidStateStoreError(`The store "${name}" is not a versioned store.`);
    });
  };
  return {
    name,
    get(key, asOfTimestamp) {
      for (const store of parts()) {
        const row = store.get(key, asOfTimestamp);
        if (row !== null) return row;
      }
      return null;
    },
  };
}
