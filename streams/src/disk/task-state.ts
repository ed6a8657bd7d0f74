import type { BytesStore, KeyValueBytesStore, WindowBytesStore } from '../internals/bytes-store.ts';
import type { StoreFactory } from '../internals/store-factory.ts';

/**
 * The bytes of one task's stores, in memory or on disk, and how far they are along their changelogs.
 * An active task and a standby task of the same id can take it over from each other.
 */
export interface TaskState {
  readonly factory: StoreFactory;
  /** Per changelog, the offset to read on from; absent: the beginning. */
  readonly positions: Map<string, number>;
  /** What a checkpoint says can be relied upon, also after the machine itself went down. */
  readonly outlastsCrash: boolean;
  /** From here on the stores may be ahead of any checkpoint, so one that exists is forgotten. */
  forgetCheckpoint(): void;
  /** Brings everything up to `positions` to the disk, and says so there. */
  checkpoint(): void;
  /** The next factory calls give the same stores again, in the same order. */
  handOver(): void;
  /** Not clean: the stores may hold what was never committed. */
  close(clean: boolean): Promise<void>;
  /** Closes, and removes everything. */
  wipe(): Promise<void>;
}

/** Remembers the stores it made, for the next owner. One builder may ask for several. */
export function rememberStores(factory: StoreFactory): StoreFactory & { rewind(): void } {
  const made = new Map<string, BytesStore>();
  const calls = new Map<string, number>();
  const next = (name: string): string => {
    const count = calls.get(name) ?? 0;
    calls.set(name, count + 1);
    return count === 0 ? name : `${name}~${count}`;
  };
  return {
    keyValue(builder, taskId): KeyValueBytesStore {
      const name = next(builder.name);
      const known = made.get(name);
      if (known?.kind === 'key-value') return known;
      const store = factory.keyValue({ ...builder, name }, taskId);
      made.set(name, store);
      return store;
    },
    window(builder, taskId): WindowBytesStore {
      const name = next(builder.name);
      const known = made.get(name);
      if (known?.kind === 'window') return known;
      const store = factory.window({ ...builder, name }, taskId);
      made.set(name, store);
      return store;
    },
    rewind: () => calls.clear(),
  };
}

/** A state that ends with its process. */
export function createMemoryState(factory: StoreFactory): TaskState {
  const remembered = rememberStores(factory);
  const positions = new Map<string, number>();
  return {
    factory: remembered,
    positions,
    outlastsCrash: true,
    forgetCheckpoint: () => undefined,
    checkpoint: () => undefined,
    handOver: () => remembered.rewind(),
    close: async () => undefined,
    wipe: async () => undefined,
  };
}
