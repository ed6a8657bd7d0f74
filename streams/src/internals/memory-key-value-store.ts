import type { KeyValueBytesStore, StoreEntry } from './bytes-store.ts';
import { OrderedByteMap } from './ordered-byte-map.ts';

/** A key-value store in memory. */
export function createMemoryKeyValueStore(): KeyValueBytesStore {
  const map = new OrderedByteMap<StoreEntry>();
  return {
    kind: 'key-value',
    get: (key) => map.get(key),
    put(key, entry) {
      if (entry === null) map.delete(key);
      else map.set(key, entry);
    },
    range: (range) => map.entries(range),
    size: () => map.size,
    close: () => map.clear(),
  };
}
