/** What every state store has. */
export interface StateStore {
  readonly name: string;
}

/** A value with the timestamp (ms) of the record that last changed it. */
export interface ValueAndTimestamp<V> {
  readonly value: V;
  readonly timestamp: number;
}

/** Options of a scan. Keys are ordered by their serialized bytes, unsigned. */
export interface ScanOptions {
  readonly reverse?: boolean;
}

/** Reads of a key-value store. `from` and `to` are inclusive; null means open. */
export interface ReadOnlyKeyValueStore<K, V> extends StateStore {
  get(key: K): V | null;
  range(from: K | null, to: K | null, options?: ScanOptions): IterableIterator<[K, V]>;
  all(options?: ScanOptions): IterableIterator<[K, V]>;
  approximateNumEntries(): number;
}

/** A key-value store; putting null deletes. */
export interface KeyValueStore<K, V> extends ReadOnlyKeyValueStore<K, V> {
  put(key: K, value: V | null): void;
  putIfAbsent(key: K, value: V): V | null;
  delete(key: K): V | null;
}

/** The store of tables and aggregations: values with their timestamps. */
export type TimestampedKeyValueStore<K, V> = KeyValueStore<K, ValueAndTimestamp<V>>;

/** Reads of a versioned key-value store. */
export interface ReadOnlyVersionedKeyValueStore<K, V> extends StateStore {
  /**
   * The latest value, or the one that was valid at a time (ms), with the time from which it is valid. Beyond
   * the store's history a value is only found when it still is the latest.
   */
  get(key: K, asOfTimestamp?: number): ValueAndTimestamp<V> | null;
}

/** What became of a version that was put: it is the latest, an older one, or too old to be kept. */
export type VersionedPut = 'latest' | 'older' | 'expired';

/**
 * A store that keeps the older values of a key as long as its history goes back. A value is valid from its
 * timestamp on, until the next one; null deletes from a timestamp on. Older than the history, nothing is taken.
 */
export interface VersionedKeyValueStore<K, V> extends ReadOnlyVersionedKeyValueStore<K, V> {
  put(key: K, value: V | null, timestamp: number): VersionedPut;
  /** Answers what was valid at that time before. */
  delete(key: K, timestamp: number): ValueAndTimestamp<V> | null;
}

/** A time window. `start` is inclusive, `end` exclusive for time windows, in ms since the epoch. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

/** A key with the window it belongs to. */
export interface Windowed<K> {
  readonly key: K;
  readonly window: Window;
}

/** Reads of a window store. Time bounds are window starts, inclusive, in ms. */
export interface ReadOnlyWindowStore<K, V> extends StateStore {
  fetch(key: K, windowStart: number): V | null;
  fetchRange(key: K, timeFrom: number, timeTo: number): IterableIterator<[windowStart: number, value: V]>;
  fetchAll(timeFrom: number, timeTo: number): IterableIterator<[Windowed<K>, V]>;
  all(): IterableIterator<[Windowed<K>, V]>;
}

/** A window store; putting null deletes. Puts older than the retention are dropped. */
export interface WindowStore<K, V> extends ReadOnlyWindowStore<K, V> {
  put(key: K, value: V | null, windowStart: number): void;
}

/** The store of windowed aggregations: values with their timestamps. */
export type TimestampedWindowStore<K, V> = WindowStore<K, ValueAndTimestamp<V>>;

/** Reads of a session store. A session's `start` and `end` are both inclusive, in ms. */
export interface ReadOnlySessionStore<K, V> extends StateStore {
  /** The sessions of a key, in order of their ends. */
  fetch(key: K, options?: ScanOptions): IterableIterator<[Windowed<K>, V]>;
  /** The sessions of all keys from `from` to `to`, both inclusive; null means open. */
  fetchRange(from: K | null, to: K | null, options?: ScanOptions): IterableIterator<[Windowed<K>, V]>;
  fetchSession(key: K, start: number, end: number): V | null;
  /** The sessions of a key with `end >= earliestEnd` and `start <= latestStart`. */
  findSessions(
    key: K,
    earliestEnd: number,
    latestStart: number,
    options?: ScanOptions,
  ): IterableIterator<[Windowed<K>, V]>;
  all(options?: ScanOptions): IterableIterator<[Windowed<K>, V]>;
}

/** A session store; putting null deletes. Puts of sessions older than the retention are dropped. */
export interface SessionStore<K, V> extends ReadOnlySessionStore<K, V> {
  put(session: Windowed<K>, aggregate: V | null): void;
  remove(session: Windowed<K>): void;
}
