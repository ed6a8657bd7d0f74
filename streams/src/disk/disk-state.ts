import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { StorePlan } from '../internals/plan.ts';
import { memoryStores } from '../internals/store-factory.ts';
import { deleteCheckpoint, readCheckpoint, writeCheckpoint } from './checkpoint-file.ts';
import { DiskEnvironment } from './disk-environment.ts';
import { createDiskKeyValueStore } from './disk-key-value-store.ts';
import { createDiskWindowStore } from './disk-window-store.ts';
import { isEnvironment } from './is-environment.ts';
import { rememberStores, type TaskState } from './task-state.ts';

export interface DiskStateOptions {
  /** The task's directory; made when it is missing. */
  readonly directory: string;
  readonly partition: number;
  readonly stores: readonly StorePlan[];
  /** False saves time where a crash has the stores restored from the beginning anyway. */
  readonly durable: boolean;
  /** Told when the stores that were there could not be used. */
  readonly onWiped: () => void;
  /** Told when the directory is closed. */
  readonly onClosed: () => void;
}

export function isPersistent({ builder }: StorePlan): boolean {
  return builder.inMemory !== true;
}

/**
 * Opens a task's directory. Stores without a checkpoint are not trusted: they are removed, and
 * restored from the beginning of their changelogs.
 */
export function openDiskState(options: DiskStateOptions): TaskState {
  const { directory, partition, stores } = options;
  const persistent = stores.filter(isPersistent);
  const positions = readPositions(options, persistent);
  const environment = new DiskEnvironment(directory, options.durable);
  const fresh = new Set(
    persistent
      .filter(({ changelog }) => changelog !== null && !positions.has(changelog))
      .map(({ name }) => name),
  );
  const inMemory = new Set(stores.filter((store) => !isPersistent(store)).map(({ name }) => name));
  const open = (name: string): string => {
    const [store = name] = name.split('~');
    if (fresh.has(store)) environment.drop(name);
    return store;
  };
  const remembered = rememberStores({
    keyValue(builder, taskId) {
      return inMemory.has(open(builder.name))
        ? memoryStores.keyValue(builder, taskId)
        : createDiskKeyValueStore(environment, builder.name);
    },
    window(builder, taskId) {
      return inMemory.has(open(builder.name))
        ? memoryStores.window(builder, taskId)
        : createDiskWindowStore(environment, builder.name, builder.readableMs ?? builder.retentionMs);
    },
  });
  const changelogs = persistent.flatMap(({ changelog }) => changelog ?? []);

  let lastSaid: string | null = null;

  function checkpoint(): void {
    environment.flush();
    environment.sync();
    const entries = changelogs.flatMap((topic) => {
      const position = positions.get(topic) ?? 0;
      return position > 0 ? [{ topic, partition, offset: position - 1 }] : [];
    });
    const said = JSON.stringify(entries);
    if (said === lastSaid) return;
    writeCheckpoint(directory, entries);
    lastSaid = said;
  }

  async function end(): Promise<void> {
    await environment.close();
    options.onClosed();
  }

  return {
    factory: remembered,
    positions,
    outlastsCrash: options.durable,
    forgetCheckpoint() {
      deleteCheckpoint(directory);
      lastSaid = null;
    },
    checkpoint,
    handOver: () => remembered.rewind(),
    async close(clean) {
      if (clean) checkpoint();
      await end();
    },
    async wipe() {
      await end();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function readPositions(
  { directory, partition, onWiped }: DiskStateOptions,
  persistent: readonly StorePlan[],
): Map<string, number> {
  mkdirSync(directory, { recursive: true });
  const checkpoint = readCheckpoint(directory);
  const data = join(directory, 'data.mdb');
  const hasData = existsSync(data);
  if (checkpoint === null || !hasData || !isEnvironment(data)) {
    if (hasData) onWiped();
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true });
    return new Map();
  }
  const known = new Set(persistent.map(({ changelog }) => changelog));
  return new Map(
    checkpoint
      .filter((entry) => known.has(entry.topic) && entry.partition === partition)
      .map(({ topic, offset }) => [topic, offset + 1]),
  );
}
