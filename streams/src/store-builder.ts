import { TopologyError } from './errors.ts';
import { assertDuration } from './internals/assert-duration.ts';
import type { Serde } from './serdes.ts';

/** What every store is made with. */
interface AnyStoreBuilder<K, V> {
  readonly name: string;
  readonly key: Serde<K>;
  readonly value: Serde<V>;
  /** Whether changes go to `<application.id>-<name>-changelog`. */
  readonly logged: boolean;
  /** Kept in memory even where others are kept on disk (`stateDir`). */
  readonly inMemory?: boolean;
}

/** How a key-value store is made; see `Stores`. */
export interface KeyValueStoreBuilder<K = unknown, V = unknown> extends AnyStoreBuilder<K, V> {
  readonly kind: 'key-value';
  /** True when values carry the record's timestamp (tables, aggregations). */
  readonly timestamped: boolean;
  /** The topic that a global table is a copy of. */
  readonly topic?: string;
}

/** How a window store is made; see `Stores`. */
export interface WindowStoreBuilder<K = unknown, V = unknown> extends AnyStoreBuilder<K, V> {
  readonly kind: 'window';
  readonly timestamped: boolean;
  readonly windowSizeMs: number;
  readonly retentionMs: number;
  /** Keep several values per key and window start (stream-stream joins). */
  readonly retainDuplicates: boolean;
  /** How long windows can be read, ms, where that is not the retention of the changelog. */
  readonly readableMs?: number;
}

/** How a session store is made; see `Stores`. */
export interface SessionStoreBuilder<K = unknown, V = unknown> extends AnyStoreBuilder<K, V> {
  readonly kind: 'session';
  readonly retentionMs: number;
}

/** How a versioned key-value store is made; see `Stores`. */
export interface VersionedKeyValueStoreBuilder<K = unknown, V = unknown> extends AnyStoreBuilder<K, V> {
  readonly kind: 'versioned';
  /** How long older values are kept, and how late a record may be, in ms. */
  readonly historyRetentionMs: number;
}

/** How the buffer of a suppress is made. It cannot be queried. */
export interface SuppressBufferBuilder {
  readonly kind: 'suppress-buffer';
  readonly name: string;
  readonly key: Serde<unknown>;
  readonly value: Serde<unknown>;
  readonly logged: boolean;
  /** Kept in memory even where others are kept on disk (`stateDir`). */
  readonly inMemory?: boolean;
}

/** A store that is not made yet. */
export type StoreBuilder =
  | VersionedKeyValueStoreBuilder
  | KeyValueStoreBuilder
  | WindowStoreBuilder
  | SessionStoreBuilder
  | SuppressBufferBuilder;

interface KeyValueOptions<K, V> {
  readonly key: Serde<K>;
  readonly value: Serde<V>;
  readonly logged?: boolean;
  /** Keeps this store in memory even where others are kept on disk (`stateDir`). */
  readonly inMemory?: boolean;
}

interface WindowOptions<K, V> extends KeyValueOptions<K, V> {
  readonly windowSizeMs: number;
  readonly retentionMs: number;
  readonly retainDuplicates?: boolean;
}

interface VersionedOptions<K, V> extends KeyValueOptions<K, V> {
  readonly historyRetentionMs: number;
}

interface SessionOptions<K, V> extends KeyValueOptions<K, V> {
  readonly retentionMs: number;
}

function keyValueStore<K, V>(name: string, options: KeyValueOptions<K, V>): KeyValueStoreBuilder<K, V> {
  return {
    kind: 'key-value',
    name,
    key: options.key,
    value: options.value,
    timestamped: false,
    logged: options.logged ?? true,
    inMemory: options.inMemory ?? false,
  };
}

function timestampedKeyValueStore<K, V>(
  name: string,
  options: KeyValueOptions<K, V>,
): KeyValueStoreBuilder<K, V> {
  return { ...keyValueStore(name, options), timestamped: true };
}

function windowStore<K, V>(name: string, options: WindowOptions<K, V>): WindowStoreBuilder<K, V> {
  const { windowSizeMs, retentionMs } = options;
  if (windowSizeMs < 0 || retentionMs < windowSizeMs) {
    throw new TopologyError(
      `The store "${name}" must keep its windows of ${windowSizeMs} ms to their end, not for ${retentionMs} ms.`,
    );
  }
  return {
    kind: 'window',
    name,
    key: options.key,
    value: options.value,
    timestamped: false,
    logged: options.logged ?? true,
    inMemory: options.inMemory ?? false,
    windowSizeMs,
    retentionMs,
    retainDuplicates: options.retainDuplicates ?? false,
  };
}

function timestampedWindowStore<K, V>(name: string, options: WindowOptions<K, V>): WindowStoreBuilder<K, V> {
  return { ...windowStore(name, options), timestamped: true };
}

function sessionStore<K, V>(name: string, options: SessionOptions<K, V>): SessionStoreBuilder<K, V> {
  const { key, value, logged = true, inMemory = false, retentionMs } = options;
  return { kind: 'session', name, key, value, logged, inMemory, retentionMs };
}

function versionedKeyValueStore<K, V>(
  name: string,
  options: VersionedOptions<K, V>,
): VersionedKeyValueStoreBuilder<K, V> {
  const { key, value, logged = true, inMemory = false, historyRetentionMs } = options;
  assertDuration(historyRetentionMs, `The history of store "${name}"`, 0);
  return { kind: 'versioned', name, key, value, logged, inMemory, historyRetentionMs };
}

/**
 * Stores for the processor API. Changelog bytes are Kafka Streams' own: plain key and value for
 * key-value stores, versioned ones too, `key + int64 window start + int32 sequence` keys for window stores,
 * `key + int64 end + int64 start` keys for session stores.
 */
export const Stores = {
  keyValueStore,
  timestampedKeyValueStore,
  windowStore,
  timestampedWindowStore,
  sessionStore,
  versionedKeyValueStore,
};
