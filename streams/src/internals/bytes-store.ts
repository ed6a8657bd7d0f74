import type { ByteRange } from './ordered-byte-map.ts';

/** A value as a store keeps it; `timestamp` is -1 in stores without timestamps. */
export interface StoreEntry {
  readonly value: Uint8Array;
  readonly timestamp: number;
}

/** Storage of a key-value store: bytes, ordered by key. In memory or on disk. */
export interface KeyValueBytesStore {
  readonly kind: 'key-value';
  get(key: Uint8Array): StoreEntry | undefined;
  put(key: Uint8Array, entry: StoreEntry | null): void;
  range(range: ByteRange): IterableIterator<[Uint8Array, StoreEntry]>;
  size(): number;
  close(): void;
}

/** One value of a window store. */
export interface WindowEntry extends StoreEntry {
  readonly windowStart: number;
  /** Distinguishes values with the same key and window start; 0 without duplicates. */
  readonly sequence: number;
}

/** Storage of a window store. */
export interface WindowBytesStore {
  readonly kind: 'window';
  /** Highest sequence ever put, also by restoring; 0 at first. */
  readonly highestSequence: number;
  /** False when the window is older than the retention: nothing is kept then. */
  put(key: Uint8Array, windowStart: number, sequence: number, entry: StoreEntry | null): boolean;
  /** Values of one key with window starts in `[from, to]`, in order. */
  fetch(key: Uint8Array, from: number, to: number): readonly WindowEntry[];
  /** Values of all keys with window starts in `[from, to]`, by key and then by time. */
  fetchAll(from: number, to: number): IterableIterator<[Uint8Array, WindowEntry]>;
  size(): number;
  close(): void;
}

export type BytesStore = KeyValueBytesStore | WindowBytesStore;
