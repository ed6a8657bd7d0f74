import { InvalidStateStoreError } from '../errors.ts';
import type { Serde } from '../serdes.ts';
import type {
  ReadOnlyKeyValueStore,
  ReadOnlyWindowStore,
  ScanOptions,
  ValueAndTimestamp,
  Windowed,
} from '../state-stores.ts';
import type { KeyValueStoreBuilder, WindowStoreBuilder } from '../store-builder.ts';
import type { KeyValueBytesStore, StoreEntry, WindowBytesStore } from './bytes-store.ts';
import { compareBytes } from './ordered-byte-map.ts';
import type { StoreHandle } from './store-handle.ts';
import { unreadableRow } from './unreadable-row.ts';

interface KeyValuePart {
  readonly builder: KeyValueStoreBuilder;
  readonly bytes: KeyValueBytesStore;
}

interface WindowPart {
  readonly builder: WindowStoreBuilder;
  readonly bytes: WindowBytesStore;
}

/** Makes what a query answers of a stored entry. */
export type ReadEntry<V> = (value: Serde<unknown>, entry: StoreEntry) => V;

export function readPlain<V>(value: Serde<unknown>, entry: StoreEntry): V {
  return value.deserialize(entry.value) as V;
}

export function readTimestamped<V>(value: Serde<unknown>, entry: StoreEntry): ValueAndTimestamp<V> {
  return { value: value.deserialize(entry.value) as V, timestamp: entry.timestamp };
}

/** Reads a key-value store across the tasks that hold its partitions; by default without timestamps. */
export function queryKeyValueStore<K, V>(
  name: string,
  handles: () => readonly StoreHandle[],
  read: ReadEntry<V> = readPlain,
): ReadOnlyKeyValueStore<K, V> {
  const parts = (): KeyValuePart[] =>
    assertAny(name, handles()).map(({ builder, bytes }) => {
      if (builder.kind !== 'key-value' || bytes.kind !== 'key-value') throw wrongKind(name, 'key-value');
      return { builder, bytes };
    });
  function* range(from: K | null, to: K | null, options: ScanOptions = {}): IterableIterator<[K, V]> {
    const reverse = options.reverse ?? false;
    const all = parts().flatMap(({ builder, bytes }) => {
      const bound = (key: K | null): Uint8Array | null => (key === null ? null : builder.key.serialize(key));
      return [...bytes.range({ from: bound(from), to: bound(to), reverse })].map(([key, entry]) => ({
        key,
        entry,
        builder,
      }));
    });
    all.sort((left, right) => compareBytes(left.key, right.key) * (reverse ? -1 : 1));
    for (const { key, entry, builder } of all) {
      yield readRow<[K, V]>(builder, key, () => [
        builder.key.deserialize(key) as K,
        read(builder.value, entry),
      ]);
    }
  }
  return {
    name,
    get(key) {
      for (const { builder, bytes } of parts()) {
        const keyBytes = builder.key.serialize(key);
        const entry = bytes.get(keyBytes);
        if (entry !== undefined) return readRow(builder, keyBytes, () => read(builder.value, entry));
      }
      return null;
    },
    range,
    all: (options) => range(null, null, options),
    approximateNumEntries: () => parts().reduce((sum, { bytes }) => sum + bytes.size(), 0),
  };
}

/** Reads a window store across the tasks that hold its partitions; by default without timestamps. */
export function queryWindowStore<K, V>(
  name: string,
  handles: () => readonly StoreHandle[],
  read: ReadEntry<V> = readPlain,
): ReadOnlyWindowStore<K, V> {
  const parts = (): WindowPart[] =>
    assertAny(name, handles()).map(({ builder, bytes }) => {
      if (builder.kind !== 'window' || bytes.kind !== 'window') throw wrongKind(name, 'window');
      return { builder, bytes };
    });
  function* fetchRange(key: K, timeFrom: number, timeTo: number): IterableIterator<[number, V]> {
    for (const { builder, bytes } of parts()) {
      for (const entry of bytes.fetch(builder.key.serialize(key), timeFrom, timeTo)) {
        yield [entry.windowStart, read(builder.value, entry)];
      }
    }
  }
  function* fetchAll(timeFrom: number, timeTo: number): IterableIterator<[Windowed<K>, V]> {
    for (const { builder, bytes } of parts()) {
      for (const [key, entry] of bytes.fetchAll(timeFrom, timeTo)) {
        const window = { start: entry.windowStart, end: entry.windowStart + builder.windowSizeMs };
        yield [{ key: builder.key.deserialize(key) as K, window }, read(builder.value, entry)];
      }
    }
  }
  return {
    name,
    fetch(key, windowStart) {
      for (const [, value] of fetchRange(key, windowStart, windowStart)) return value;
      return null;
    },
    fetchRange,
    fetchAll,
    all: () => fetchAll(0, Number.MAX_SAFE_INTEGER),
  };
}

function readRow<T>(builder: KeyValueStoreBuilder, key: Uint8Array, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw unreadableRow(builder, key, cause);
  }
}

function assertAny(name: string, handles: readonly StoreHandle[]): readonly StoreHandle[] {
  if (handles.length === 0) {
    throw new InvalidStateStoreError(`The store "${name}" does not exist or is not on this instance.`);
  }
  return handles;
}

function wrongKind(name: string, kind: string): InvalidStateStoreError {
  return new InvalidStateStoreError(`The store "${name}" is not a ${kind} store.`);
}
