import { Serdes } from '../serdes.ts';
import type { KeyValueStoreBuilder, StoreBuilder, WindowStoreBuilder } from '../store-builder.ts';
import { assertNever } from './assert-never.ts';
import type { KeyValueBytesStore, WindowBytesStore } from './bytes-store.ts';
import { createMemoryKeyValueStore } from './memory-key-value-store.ts';
import { createMemoryWindowStore } from './memory-window-store.ts';
import { createSessionStore } from './session-store.ts';
import type { StoreHandle, StoreOwner } from './store-handle.ts';
import { createSuppressBuffer } from './suppress-buffer.ts';
import { createKeyValueStore } from './typed-key-value-store.ts';
import { createWindowStore } from './typed-window-store.ts';
import { createVersionedStore } from './versioned-store.ts';

/** Makes the storage of a task's stores. */
export interface StoreFactory {
  keyValue(builder: KeyValueStoreBuilder, taskId: string): KeyValueBytesStore;
  window(builder: WindowStoreBuilder, taskId: string): WindowBytesStore;
}

/** Stores in memory; they are gone with their task. */
export const memoryStores: StoreFactory = {
  keyValue: () => createMemoryKeyValueStore(),
  window: (builder) => createMemoryWindowStore(builder.readableMs ?? builder.retentionMs),
};

export function createStore(
  builder: StoreBuilder,
  factory: StoreFactory,
  taskId: string,
  owner: StoreOwner,
): StoreHandle {
  switch (builder.kind) {
    case 'key-value':
      return createKeyValueStore(builder, factory.keyValue(builder, taskId), owner);
    case 'window':
      return createWindowStore(builder, factory.window(builder, taskId), owner);
    case 'session':
      return createSessionStore(builder, factory.keyValue(plainBytes(builder), taskId), owner);
    case 'versioned':
      return createVersionedStore(builder, factory.keyValue(plainBytes(builder), taskId), owner);
    case 'suppress-buffer':
      return createSuppressBuffer(builder, factory.keyValue(plainBytes(builder), taskId), owner);
    default:
      return assertNever(builder);
  }
}

/** The storage of stores that are built upon ordered bytes. */
function plainBytes({ name, logged, inMemory }: StoreBuilder): KeyValueStoreBuilder<Uint8Array, Uint8Array> {
  const bytes = Serdes.bytes();
  const kept = { kind: 'key-value', name, key: bytes, value: bytes, timestamped: false, logged } as const;
  return inMemory === undefined ? kept : { ...kept, inMemory };
}
