import { type Headers, NO_HEADERS } from '../record.ts';
import type { Serde } from '../serdes.ts';
import type {
  KeyValueStore,
  ScanOptions,
  TimestampedKeyValueStore,
  ValueAndTimestamp,
} from '../state-stores.ts';
import type { KeyValueStoreBuilder } from '../store-builder.ts';
import type { KeyValueBytesStore, StoreEntry } from './bytes-store.ts';
import { createStoreHandle, type StoreHandle, type StoreListener, type StoreOwner } from './store-handle.ts';
import { unreadableRow } from './unreadable-row.ts';

/** How values of a store become entries: with or without a timestamp. */
export interface EntryCodec<V> {
  toEntry(value: V): StoreEntry;
  fromEntry(entry: StoreEntry): V;
}

export function plainCodec(serde: Serde<unknown>): EntryCodec<unknown> {
  return {
    toEntry: (value) => ({ value: serde.serialize(value), timestamp: -1 }),
    fromEntry: (entry) => serde.deserialize(entry.value),
  };
}

export function timestampedCodec(serde: Serde<unknown>): EntryCodec<ValueAndTimestamp<unknown>> {
  return {
    toEntry: (value) => ({ value: serde.serialize(value.value), timestamp: value.timestamp }),
    fromEntry: (entry) => ({ value: serde.deserialize(entry.value), timestamp: entry.timestamp }),
  };
}

/** Puts serdes, changelog and listeners around the bytes of a key-value store. */
export function createKeyValueStore(
  builder: KeyValueStoreBuilder,
  bytes: KeyValueBytesStore,
  owner: StoreOwner,
): StoreHandle {
  return builder.timestamped
    ? wrap(builder, bytes, owner, timestampedCodec(builder.value))
    : wrap(builder, bytes, owner, plainCodec(builder.value));
}

function wrap<V>(
  builder: KeyValueStoreBuilder,
  bytes: KeyValueBytesStore,
  owner: StoreOwner,
  codec: EntryCodec<V>,
): StoreHandle {
  const listeners = new Set<StoreListener>();
  const store = new TypedKeyValueStore(builder, bytes, owner, codec, listeners);
  return createStoreHandle({
    builder,
    store,
    bytes,
    listeners,
    restore(key, value, timestamp) {
      bytes.put(key, value === null ? null : { value, timestamp: builder.timestamped ? timestamp : -1 });
      if (listeners.size === 0) return;
      const entry = bytes.get(key);
      const typed = entry === undefined ? null : codec.fromEntry(entry);
      for (const listener of listeners) listener(builder.key.deserialize(key), typed);
    },
  });
}

/** A table's store whose changelog keeps the headers of records. */
export interface HeadersKeyValueStore<K, V> extends TimestampedKeyValueStore<K, V> {
  put(key: K, value: ValueAndTimestamp<V> | null, headers?: Headers): void;
}

class TypedKeyValueStore<V> implements KeyValueStore<unknown, V> {
  readonly name: string;
  readonly #builder: KeyValueStoreBuilder;
  readonly #key: Serde<unknown>;
  readonly #bytes: KeyValueBytesStore;
  readonly #owner: StoreOwner;
  readonly #codec: EntryCodec<V>;
  readonly #listeners: ReadonlySet<StoreListener>;

  constructor(
    builder: KeyValueStoreBuilder,
    bytes: KeyValueBytesStore,
    owner: StoreOwner,
    codec: EntryCodec<V>,
    listeners: ReadonlySet<StoreListener>,
  ) {
    this.name = builder.name;
    this.#builder = builder;
    this.#key = builder.key;
    this.#bytes = bytes;
    this.#owner = owner;
    this.#codec = codec;
    this.#listeners = listeners;
  }

  get(key: unknown): V | null {
    const keyBytes = this.#key.serialize(key);
    const entry = this.#bytes.get(keyBytes);
    try {
      return entry === undefined ? null : this.#codec.fromEntry(entry);
    } catch (cause) {
      throw unreadableRow(this.#builder, keyBytes, cause);
    }
  }

  /** `headers` go with the change to the changelog. */
  put(key: unknown, value: V | null, headers: Headers = NO_HEADERS): void {
    const keyBytes = this.#key.serialize(key);
    const entry = value === null ? null : this.#codec.toEntry(value);
    this.#bytes.put(keyBytes, entry);
    const timestamp =
      entry === null || entry.timestamp < 0 ? this.#owner.currentTimestamp() : entry.timestamp;
    this.#owner.log?.(keyBytes, entry === null ? null : entry.value, timestamp, headers);
    for (const listener of this.#listeners) listener(key, value);
  }

  putIfAbsent(key: unknown, value: V): V | null {
    const current = this.get(key);
    if (current === null) this.put(key, value);
    return current;
  }

  delete(key: unknown): V | null {
    const current = this.get(key);
    this.put(key, null);
    return current;
  }

  *range(from: unknown, to: unknown, options: ScanOptions = {}): IterableIterator<[unknown, V]> {
    const entries = this.#bytes.range({
      from: from === null ? null : this.#key.serialize(from),
      to: to === null ? null : this.#key.serialize(to),
      reverse: options.reverse ?? false,
    });
    for (const [key, entry] of entries) yield this.#row(key, entry);
  }

  #row(key: Uint8Array, entry: StoreEntry): [unknown, V] {
    try {
      return [this.#key.deserialize(key), this.#codec.fromEntry(entry)];
    } catch (cause) {
      throw unreadableRow(this.#builder, key, cause);
    }
  }

  all(options: ScanOptions = {}): IterableIterator<[unknown, V]> {
    return this.range(null, null, options);
  }

  approximateNumEntries(): number {
    return this.#bytes.size();
  }
}
