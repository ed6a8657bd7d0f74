import type { Serde } from '../serdes.ts';
import type { ScanOptions, SessionStore, Windowed } from '../state-stores.ts';
import type { SessionStoreBuilder } from '../store-builder.ts';
import type { KeyValueBytesStore, StoreEntry } from './bytes-store.ts';
import { SessionBytes } from './session-bytes.ts';
import { fromSessionKey, toSessionKey } from './session-key.ts';
import { createStoreHandle, type StoreHandle, type StoreListener, type StoreOwner } from './store-handle.ts';

/** Puts serdes, changelog and listeners around sessions kept as ordered bytes. */
export function createSessionStore(
  builder: SessionStoreBuilder,
  bytes: KeyValueBytesStore,
  owner: StoreOwner,
): StoreHandle {
  const sessions = new SessionBytes(bytes, builder.retentionMs);
  const listeners = new Set<StoreListener>();
  return createStoreHandle({
    builder,
    store: new TypedSessionStore(builder, sessions, owner, listeners),
    bytes,
    listeners,
    restore(key, value) {
      sessions.put(key, value);
    },
  });
}

/** Sessions that are too old for readers, but not removed yet, can still be emitted. */
export interface KeptSessions extends SessionStore<unknown, unknown> {
  keptSession(session: Windowed<unknown>): unknown;
  allKept(): IterableIterator<[Windowed<unknown>, unknown]>;
}

class TypedSessionStore implements KeptSessions {
  readonly name: string;
  readonly #key: Serde<unknown>;
  readonly #value: Serde<unknown>;
  readonly #sessions: SessionBytes;
  readonly #owner: StoreOwner;
  readonly #listeners: ReadonlySet<StoreListener>;

  constructor(
    builder: SessionStoreBuilder,
    sessions: SessionBytes,
    owner: StoreOwner,
    listeners: ReadonlySet<StoreListener>,
  ) {
    this.name = builder.name;
    this.#key = builder.key;
    this.#value = builder.value;
    this.#sessions = sessions;
    this.#owner = owner;
    this.#listeners = listeners;
  }

  put(session: Windowed<unknown>, aggregate: unknown): void {
    const key = toSessionKey(this.#key.serialize(session.key), session.window);
    const value = (aggregate ?? null) === null ? null : this.#value.serialize(aggregate);
    if (!this.#sessions.put(key, value)) this.#owner.expired();
    this.#owner.log?.(key, value, this.#owner.currentTimestamp());
    for (const listener of this.#listeners) listener(session, aggregate ?? null);
  }

  remove(session: Windowed<unknown>): void {
    const key = toSessionKey(this.#key.serialize(session.key), session.window);
    this.#sessions.remove(key);
    this.#owner.log?.(key, null, this.#owner.currentTimestamp());
    for (const listener of this.#listeners) listener(session, null);
  }

  fetchSession(key: unknown, start: number, end: number): unknown {
    const entry = this.#sessions.get(toSessionKey(this.#key.serialize(key), { start, end }));
    return entry === undefined ? null : this.#value.deserialize(entry.value);
  }

  keptSession({ key, window }: Windowed<unknown>): unknown {
    const entry = this.#sessions.kept(toSessionKey(this.#key.serialize(key), window));
    return entry === undefined ? null : this.#value.deserialize(entry.value);
  }

  allKept(): IterableIterator<[Windowed<unknown>, unknown]> {
    return this.#typed(this.#sessions.allKept());
  }

  findSessions(
    key: unknown,
    earliestEnd: number,
    latestStart: number,
    options: ScanOptions = {},
  ): IterableIterator<[Windowed<unknown>, unknown]> {
    return this.#typed(this.#sessions.find(this.#key.serialize(key), earliestEnd, latestStart, options));
  }

  fetch(key: unknown, options: ScanOptions = {}): IterableIterator<[Windowed<unknown>, unknown]> {
    return this.findSessions(key, 0, Number.MAX_SAFE_INTEGER, options);
  }

  fetchRange(
    from: unknown,
    to: unknown,
    options: ScanOptions = {},
  ): IterableIterator<[Windowed<unknown>, unknown]> {
    const bound = (key: unknown): Uint8Array | null => (key === null ? null : this.#key.serialize(key));
    return this.#typed(this.#sessions.range(bound(from), bound(to), options));
  }

  all(options: ScanOptions = {}): IterableIterator<[Windowed<unknown>, unknown]> {
    return this.fetchRange(null, null, options);
  }

  *#typed(entries: Iterable<[Uint8Array, StoreEntry]>): IterableIterator<[Windowed<unknown>, unknown]> {
    for (const [bytes, entry] of entries) {
      const { key, window } = fromSessionKey(bytes);
      yield [{ key: this.#key.deserialize(key), window }, this.#value.deserialize(entry.value)];
    }
  }
}
