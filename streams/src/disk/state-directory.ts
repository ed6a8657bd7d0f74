import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StreamsConfigError } from '../errors.ts';
import type { StorePlan } from '../internals/plan.ts';
import { messageOf } from '../internals/record-queue.ts';
import { readCheckpoint } from './checkpoint-file.ts';
import { lockDirectory } from './directory-lock.ts';
import { openDiskState } from './disk-state.ts';
import { loadLmdb } from './lmdb.ts';
import type { TaskState } from './task-state.ts';

export interface StateDirectoryOptions {
  readonly stateDir: string;
  readonly applicationId: string;
  /** A task directory that nobody has opened for this long is removed. */
  readonly cleanupDelayMs: number;
  readonly onRemoved: (taskId: string) => void;
  readonly onWiped: (taskId: string) => void;
}

const TASK_ID = /^\d+_\d+$/;

/** `<stateDir>/<applicationId>`: the directories of this instance's tasks. One instance at a time has it. */
export class StateDirectory {
  readonly #path: string;
  readonly #options: StateDirectoryOptions;
  readonly #open = new Set<string>();
  readonly #unlock: () => void;
  readonly #timer: NodeJS.Timeout;

  /** Throws `StreamsConfigError` when LMDB does not load here, or the directory cannot be had. */
  constructor(options: StateDirectoryOptions) {
    loadLmdb();
    this.#options = options;
    this.#path = join(options.stateDir, options.applicationId);
    this.#unlock = takeDirectory(this.#path);
    this.#timer = setInterval(() => this.#removeObsolete(), options.cleanupDelayMs);
    this.#timer.unref();
  }

  openTask(
    taskId: string,
    partition: number,
    stores: readonly StorePlan[],
    settings: { readonly durable: boolean },
  ): TaskState {
    const state = openDiskState({
      directory: join(this.#path, taskId),
      partition,
      stores,
      durable: settings.durable,
      onWiped: () => this.#options.onWiped(taskId),
      onClosed: () => this.#open.delete(taskId),
    });
    this.#open.add(taskId);
    return state;
  }

  /** Tasks with usable stores here that are not open, with how far those are: the sum of their offsets. */
  storedTasks(): Record<string, number> {
    const stored: Record<string, number> = {};
    for (const taskId of this.#taskIds()) {
      const directory = join(this.#path, taskId);
      if (this.#open.has(taskId) || !existsSync(join(directory, 'data.mdb'))) continue;
      const checkpoint = readCheckpoint(directory);
      if (checkpoint === null) continue;
      stored[taskId] = checkpoint.reduce((sum, { offset }) => sum + offset + 1, 0);
    }
    return stored;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#unlock();
  }

  #taskIds(): string[] {
    return readdirSync(this.#path).filter((name) => TASK_ID.test(name));
  }

  #removeObsolete(): void {
    const before = Date.now() - this.#options.cleanupDelayMs;
    for (const taskId of this.#taskIds()) {
      const directory = join(this.#path, taskId);
      if (this.#open.has(taskId) || statSync(directory).mtimeMs > before) continue;
      rmSync(directory, { recursive: true, force: true });
      this.#options.onRemoved(taskId);
    }
  }
}

/** Answers the function that gives the directory back. */
function takeDirectory(path: string): () => void {
  try {
    mkdirSync(path, { recursive: true });
    return lockDirectory(path);
  } catch (cause) {
    if (cause instanceof StreamsConfigError) throw cause;
    throw new StreamsConfigError(
      `The state directory "${path}" cannot be used (${messageOf(cause)}); make stateDir one that this process ` +
        'may write to.',
      { cause },
    );
  }
}
