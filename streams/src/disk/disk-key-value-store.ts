import type { KeyValueBytesStore, StoreEntry } from '../internals/bytes-store.ts';
import type { DiskEnvironment } from './disk-environment.ts';
import { entryCodec } from './entry-codec.ts';

const PREFIX_BYTES = 1;

/** A key-value store on disk. Keys have a byte in front: LMDB takes no empty ones. */
export function createDiskKeyValueStore(environment: DiskEnvironment, name: string): KeyValueBytesStore {
  const table = environment.table<StoreEntry>(name, entryCodec);
  return {
    kind: 'key-value',
    get: (key) => table.get(toKey(key)),
    put: (key, entry) => table.put(toKey(key), entry),
    *range({ from, to, reverse }) {
      const bounds = {
        from: from === null ? null : toKey(from),
        to: to === null ? null : toKey(to),
        reverse,
      };
      for (const [key, entry] of table.range(bounds)) yield [key.subarray(PREFIX_BYTES), entry];
    },
    size: () => table.count(),
    close: () => undefined,
  };
}

function toKey(key: Uint8Array): Uint8Array {
  const bytes = Buffer.allocUnsafe(key.length + PREFIX_BYTES);
  bytes[0] = 0;
  bytes.set(key, PREFIX_BYTES);
  return bytes;
}
