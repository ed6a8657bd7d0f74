import type { Headers } from '../record.ts';
import type { StateStore } from '../state-stores.ts';
import type { StoreBuilder } from '../store-builder.ts';
import type { BytesStore } from './bytes-store.ts';

/** Told after each change of a store: the typed key, and the new value or null. */
export type StoreListener = (key: unknown, value: unknown) => void;

/** What a store needs from its task. */
export interface StoreOwner {
  /** Writes a change to the store's changelog; absent while restoring or without a changelog. */
  readonly log:
    | ((key: Uint8Array, value: Uint8Array | null, timestamp: number, headers?: Headers) => void)
    | null;
  /** Wall clock, ms. */
  now(): number;
  /** Timestamp (ms) of the record being processed. */
  currentTimestamp(): number;
  /** A put was too old for the store and was dropped. */
  expired(): void;
}

/** A typed store with the engine's side of it. */
export interface StoreHandle {
  readonly name: string;
  readonly builder: StoreBuilder;
  readonly store: StateStore;
  readonly bytes: BytesStore;
  /** Applies one changelog record; the newest one per key wins. */
  restore(key: Uint8Array, value: Uint8Array | null, timestamp: number): void;
  subscribe(listener: StoreListener): () => void;
  /** Writes to the changelog what the store kept back until the next commit. */
  flush?(): void;
  close(): void;
}

interface HandleParts extends Pick<StoreHandle, 'builder' | 'store' | 'bytes' | 'restore'> {
  /** Those whom the store tells of its changes. */
  readonly listeners: Set<StoreListener>;
}

export function createStoreHandle({ listeners, ...parts }: HandleParts): StoreHandle {
  return {
    ...parts,
    name: parts.builder.name,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => parts.bytes.close(),
  };
}
