import { type Headers, NO_HEADERS } from '../record.ts';
import type { Serde } from '../serdes.ts';
import type { Windowed, WindowStore } from '../state-stores.ts';
import type { WindowStoreBuilder } from '../store-builder.ts';
import type { WindowBytesStore } from './bytes-store.ts';
import { createStoreHandle, type StoreHandle, type StoreListener, type StoreOwner } from './store-handle.ts';
import { type EntryCodec, plainCodec, timestampedCodec } from './typed-key-value-store.ts';
import { fromWindowKey, toWindowKey } from './window-key.ts';

/** Puts serdes, changelog and listeners around the bytes of a window store. */
export function createWindowStore(
  builder: WindowStoreBuilder,
  bytes: WindowBytesStore,
  owner: StoreOwner,
): StoreHandle {
  return builder.timestamped
    ? wrap(builder, bytes, owner, timestampedCodec(builder.value))
    : wrap(builder, bytes, owner, plainCodec(builder.value));
}

function wrap<V>(
  builder: WindowStoreBuilder,
  bytes: WindowBytesStore,
  owner: StoreOwner,
  codec: EntryCodec<V>,
): StoreHandle {
  const listeners = new Set<StoreListener>();
  const store = new TypedWindowStore(builder, bytes, owner, codec, listeners);
  return createStoreHandle({
    builder,
    store,
    bytes,
    listeners,
    restore(key, value, timestamp) {
      const parts = fromWindowKey(key);
      const entry = value === null ? null : { value, timestamp: builder.timestamped ? timestamp : -1 };
      bytes.put(parts.key, parts.windowStart, parts.sequence, entry);
    },
  });
}

/** A window store whose changelog keeps the headers of records. */
export interface HeadersWindowStore extends WindowStore<unknown, unknown> {
  put(key: unknown, value: unknown, windowStart: number, headers?: Headers): void;
}

class TypedWindowStore<V> implements WindowStore<unknown, V> {
  readonly name: string;
  readonly #builder: WindowStoreBuilder;
  readonly #key: Serde<unknown>;
  readonly #bytes: WindowBytesStore;
  readonly #owner: StoreOwner;
  readonly #codec: EntryCodec<V>;
  readonly #listeners: ReadonlySet<StoreListener>;
  /** Null before the first put: it goes on above what a changelog or a disk brought back. */
  #sequence: number | null = null;

  constructor(
    builder: WindowStoreBuilder,
    bytes: WindowBytesStore,
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

  /** `headers` go with the change to the changelog. */
  put(key: unknown, value: V | null, windowStart: number, headers: Headers = NO_HEADERS): void {
    if (this.#builder.retainDuplicates) {
      const last = this.#sequence ?? this.#bytes.highestSequence;
      this.#sequence = (last + 1) & 0x7fffffff;
    }
    const sequence = this.#sequence ?? 0;
    const keyBytes = this.#key.serialize(key);
    const entry = value === null ? null : this.#codec.toEntry(value);
    // Among duplicates null deletes nothing: it is only logged.
    const ignored = entry === null && this.#builder.retainDuplicates;
    const kept = ignored || this.#bytes.put(keyBytes, windowStart, sequence, entry);
    const timestamp =
      entry === null || entry.timestamp < 0 ? this.#owner.currentTimestamp() : entry.timestamp;
    this.#owner.log?.(
      toWindowKey(keyBytes, windowStart, sequence),
      entry === null ? null : entry.value,
      timestamp,
      headers,
    );
    if (!kept) {
      this.#owner.expired();
      return;
    }
    if (this.#listeners.size === 0) return;
    const windowed = this.#windowed(key, windowStart);
    for (const listener of this.#listeners) listener(windowed, value);
  }

  fetch(key: unknown, windowStart: number): V | null {
    const [entry] = this.#bytes.fetch(this.#key.serialize(key), windowStart, windowStart);
    return entry === undefined ? null : this.#codec.fromEntry(entry);
  }

  *fetchRange(key: unknown, timeFrom: number, timeTo: number): IterableIterator<[number, V]> {
    for (const entry of this.#bytes.fetch(this.#key.serialize(key), timeFrom, timeTo)) {
      yield [entry.windowStart, this.#codec.fromEntry(entry)];
    }
  }

  *fetchAll(timeFrom: number, timeTo: number): IterableIterator<[Windowed<unknown>, V]> {
    for (const [key, entry] of this.#bytes.fetchAll(timeFrom, timeTo)) {
      yield [this.#windowed(this.#key.deserialize(key), entry.windowStart), this.#codec.fromEntry(entry)];
    }
  }

  all(): IterableIterator<[Windowed<unknown>, V]> {
    return this.fetchAll(0, Number.MAX_SAFE_INTEGER);
  }

  #windowed(key: unknown, windowStart: number): Windowed<unknown> {
    return { key, window: { start: windowStart, end: windowStart + this.#builder.windowSizeMs } };
  }
}
