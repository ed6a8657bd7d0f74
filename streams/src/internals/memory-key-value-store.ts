import type { KeyValueBytesStore, StoreEntry } from './bytes-store.ts';
import { HashedByteMap } from './hashed-byte-map.ts';
import { type ByteRange, compareBytes, OrderedByteMap } from './ordered-byte-map.ts';

const MIN_CHANGES = 1_000;

/**
 * A key-value store in memory. Rows are found by hash. The order of the keys is made for the first
 * range that is read, kept up to date from then on, and dropped when no range was read for long.
 */
export function createMemoryKeyValueStore(): KeyValueBytesStore {
  const rows = new HashedByteMap<StoreEntry>();
  let order: OrderedByteMap<true> | null = null;
  let changesSinceRange = 0;

  function orderChanged(key: Uint8Array, added: boolean): void {
    if (order === null) return;
    changesSinceRange += 1;
    if (changesSinceRange > MIN_CHANGES + rows.size * 2) order = null;
    else if (added) order.set(Buffer.from(key), true);
    else order.delete(key);
  }

  function* range(bounds: ByteRange): IterableIterator<[Uint8Array, StoreEntry]> {
    order ??= orderOf(rows);
    changesSinceRange = 0;
    const found: [Uint8Array, StoreEntry][] = [];
    for (const [key] of order.entries(bounds)) {
      const entry = rows.get(key);
      if (entry !== undefined) found.push([key, entry]);
    }
    yield* found;
  }

  return {
    kind: 'key-value',
    get: (key) => rows.get(key),
    put(key, entry) {
      if (entry === null) {
        if (rows.delete(key)) orderChanged(key, false);
      } else if (rows.set(key, entry)) {
        orderChanged(key, true);
      }
    },
    range,
    size: () => rows.size,
    close() {
      rows.clear();
      order = null;
    },
  };
}

function orderOf(rows: HashedByteMap<StoreEntry>): OrderedByteMap<true> {
  const keys = [...rows.entries()].map(([key]) => key).sort(compareBytes);
  const order = new OrderedByteMap<true>();
  for (const key of keys) order.set(key, true);
  return order;
}
