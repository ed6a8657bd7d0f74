import { InvalidStateStoreError } from '../errors.ts';
import type { ReadOnlySessionStore, ScanOptions, SessionStore, Windowed } from '../state-stores.ts';
import type { StoreHandle } from './store-handle.ts';

/** Reads a session store across the tasks that hold its partitions. */
export function querySessionStore<K, V>(
  name: string,
  handles: () => readonly StoreHandle[],
): ReadOnlySessionStore<K, V> {
  const parts = (): SessionStore<K, V>[] => {
    const found = handles();
    if (found.length === 0) {
      throw new InvalidStateStoreError(`The store "${name}" does not exist or is not on this instance.`);
    }
    return found.map(({ builder, store }) => {
      if (builder.kind === 'session') return store as SessionStore<K, V>;
      throw new InvalidStateStoreError(`The store "${name}" is not a session store.`);
    });
  };
  type Found = IterableIterator<[Windowed<K>, V]>;
  function* each(read: (store: SessionStore<K, V>) => Found): Found {
    for (const store of parts()) yield* read(store);
  }
  return {
    name,
    fetch: (key, options?: ScanOptions) => each((store) => store.fetch(key, options)),
    fetchRange: (from, to, options) => each((store) => store.fetchRange(from, to, options)),
    findSessions: (key, earliestEnd, latestStart, options) =>
      each((store) => store.findSessions(key, earliestEnd, latestStart, options)),
    fetchSession(key, start, end) {
      for (const store of parts()) {
        const value = store.fetchSession(key, start, end);
        if (value !== null) return value;
      }
      return null;
    },
    all: (options) => each((store) => store.all(options)),
  };
}
