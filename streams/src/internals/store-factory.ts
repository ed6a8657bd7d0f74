import type { KeyValueStoreBuilder, StoreBuilder, WindowStoreBuilder } from '../store-builder.ts';
import type { KeyValueBytesStore, WindowBytesStore } from './bytes-store.ts';
import { createMemoryKeyValueStore } from './memory-key-value-store.ts';
import { createMemoryWindowStore } from './memory-window-store.ts';
import type { StoreHandle, StoreOwner } from './store-handle.ts';
import { createKeyValueStore } from './typed-key-value-store.ts';
import { createWindowStore } from './typed-window-store.ts';

/** Makes the storage of a task's stores. */
export interface StoreFactory {
  keyValue(builder: KeyValueStoreBuilder, taskId: string): KeyValueBytesStore;
  window(builder: WindowStoreBuilder, taskId: string): WindowBytesStore;
}

export const memoryStores: StoreFactory = {
  keyValue: () => createMemoryKeyValueStore(),
  window: (builder) => createMemoryWindowStore(builder.retentionMs),
};

export function createStore(
  builder: StoreBuilder,
  factory: StoreFactory,
  taskId: string,
  owner: StoreOwner,
): StoreHandle {
  return builder.kind === 'key-value'
    ? createKeyValueStore(builder, factory.keyValue(builder, taskId), owner)
    : createWindowStore(builder, factory.window(builder, taskId), owner);
}
