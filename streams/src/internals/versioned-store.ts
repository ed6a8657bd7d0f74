import type { Serde } from '../serdes.ts';
import type { StateStore, ValueAndTimestamp, VersionedKeyValueStore, VersionedPut } from '../state-stores.ts';
import type { VersionedKeyValueStoreBuilder } from '../store-builder.ts';
import type { KeyValueBytesStore, StoreEntry } from './bytes-store.ts';
import { createStoreHandle, type StoreHandle, type StoreListener, type StoreOwner } from './store-handle.ts';
import { VersionedBytes } from './versioned-bytes.ts';

/** Puts serdes, changelog and listeners around versions kept as ordered bytes. */
export function createVersionedStore(
  builder: VersionedKeyValueStoreBuilder,
  bytes: KeyValueBytesStore,
  owner: StoreOwner,
): StoreHandle {
  const versions = new VersionedBytes(bytes, builder.historyRetentionMs);
  const listeners = new Set<StoreListener>();
  const store = new TypedVersionedStore(builder, versions, owner, listeners);
  return createStoreHandle({
    builder,
    store,
    bytes,
    listeners,
    restore(key, value, timestamp) {
      versions.put(key, value, timestamp);
      if (listeners.size > 0) store.tell(builder.key.deserialize(key));
    },
  });
}

export function isVersionedStore(store: StateStore): store is VersionedKeyValueStore<unknown, unknown> {
  return store instanceof TypedVersionedStore;
}

class TypedVersionedStore implements VersionedKeyValueStore<unknown, unknown> {
  readonly name: string;
  readonly #key: Serde<unknown>;
  readonly #value: Serde<unknown>;
  readonly #versions: VersionedBytes;
  readonly #owner: StoreOwner;
  readonly #listeners: ReadonlySet<StoreListener>;

  constructor(
    builder: VersionedKeyValueStoreBuilder,
    versions: VersionedBytes,
    owner: StoreOwner,
    listeners: ReadonlySet<StoreListener>,
  ) {
    this.name = builder.name;
    this.#key = builder.key;
    this.#value = builder.value;
    this.#versions = versions;
    this.#owner = owner;
    this.#listeners = listeners;
  }

  get(key: unknown, asOfTimestamp?: number): ValueAndTimestamp<unknown> | null {
    const bytes = this.#key.serialize(key);
    return this.#typed(
      asOfTimestamp === undefined ? this.#versions.get(bytes) : this.#versions.getAsOf(bytes, asOfTimestamp),
    );
  }

  put(key: unknown, value: unknown, timestamp: number): VersionedPut {
    const keyBytes = this.#key.serialize(key);
    const valueBytes = (value ?? null) === null ? null : this.#value.serialize(value);
    const put = this.#versions.put(keyBytes, valueBytes, timestamp);
    if (put === 'expired') this.#owner.expired();
    this.#owner.log?.(keyBytes, valueBytes, timestamp);
    if (put === 'latest') this.tell(key);
    return put;
  }

  delete(key: unknown, timestamp: number): ValueAndTimestamp<unknown> | null {
    const before = this.get(key, timestamp);
    return this.put(key, null, timestamp) === 'expired' ? null : before;
  }

  /** Tells listeners the latest value of a key. */
  tell(key: unknown): void {
    if (this.#listeners.size === 0) return;
    const latest = this.get(key);
    for (const listener of this.#listeners) listener(key, latest);
  }

  #typed(entry: StoreEntry | undefined): ValueAndTimestamp<unknown> | null {
    if (entry === undefined) return null;
    return { value: this.#value.deserialize(entry.value), timestamp: entry.timestamp };
  }
}
