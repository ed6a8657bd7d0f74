import type { Serde } from './serdes.ts';

/** How a key-value store is made; see `Stores`. */
export interface KeyValueStoreBuilder<K = unknown, V = unknown> {
  readonly kind: 'key-value';
  readonly name: string;
  readonly key: Serde<K>;
  readonly value: Serde<V>;
  /** True when values carry the record's timestamp (tables, aggregations). */
  readonly timestamped: boolean;
  /** Whether changes go to `<application.id>-<name>-changelog`. */
  readonly logged: boolean;
}

/** How a window store is made; see `Stores`. */
export interface WindowStoreBuilder<K = unknown, V = unknown> {
  readonly kind: 'window';
  readonly name: string;
  readonly key: Serde<K>;
  readonly value: Serde<V>;
  readonly timestamped: boolean;
  readonly logged: boolean;
  readonly windowSizeMs: number;
  readonly retentionMs: number;
  /** Keep several values per key and window start (stream-stream joins). */
  readonly retainDuplicates: boolean;
}

/** A store that is not made yet. */
export type StoreBuilder = KeyValueStoreBuilder | WindowStoreBuilder;

interface KeyValueOptions<K, V> {
  readonly key: Serde<K>;
  readonly value: Serde<V>;
  readonly logged?: boolean;
}

interface WindowOptions<K, V> extends KeyValueOptions<K, V> {
  readonly windowSizeMs: number;
  readonly retentionMs: number;
  readonly retainDuplicates?: boolean;
}

function keyValueStore<K, V>(name: string, options: KeyValueOptions<K, V>): KeyValueStoreBuilder<K, V> {
  return {
    kind: 'key-value',
    name,
    key: options.key,
    value: options.value,
    timestamped: false,
    logged: options.logged ?? true,
  };
}

function timestampedKeyValueStore<K, V>(
  name: string,
  options: KeyValueOptions<K, V>,
): KeyValueStoreBuilder<K, V> {
  return { ...keyValueStore(name, options), timestamped: true };
}

function windowStore<K, V>(name: string, options: WindowOptions<K, V>): WindowStoreBuilder<K, V> {
  return {
    kind: 'window',
    name,
    key: options.key,
    value: options.value,
    timestamped: false,
    logged: options.logged ?? true,
    windowSizeMs: options.windowSizeMs,
    retentionMs: options.retentionMs,
    retainDuplicates: options.retainDuplicates ?? false,
  };
}

function timestampedWindowStore<K, V>(name: string, options: WindowOptions<K, V>): WindowStoreBuilder<K, V> {
  return { ...windowStore(name, options), timestamped: true };
}

/**
 * Stores for the processor API. Changelog bytes are Kafka Streams' own: plain key and value for
 * key-value stores, `key + int64 window start + int32 sequence` keys for window stores.
 */
export const Stores = { keyValueStore, timestampedKeyValueStore, windowStore, timestampedWindowStore };
