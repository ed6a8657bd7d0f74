import type { TaskState } from '../disk/task-state.ts';
import { messageOf } from '../internals/record-queue.ts';
import type { TopicPartition } from '../record.ts';
import { listOffset } from './list-offsets.ts';
import type { RuntimeParts } from './runtime-parts.ts';
import { SourceFetcher } from './source-fetcher.ts';
import { StandbyTask } from './standby-task.ts';
import type { LocalPart } from './store-parts.ts';
import { locateTask } from './task-shares.ts';

const MAX_WAIT_MS = 500;

export interface StandbyEvents {
  /** A changelog was cut: `repair` has something to do. */
  readonly onCut: () => void;
  /** Fetching failed for good. */
  readonly onError: (error: unknown) => void;
}

/** The standby tasks of this instance, and the loop that feeds them. */
export class StandbyTasks {
  readonly #parts: RuntimeParts;
  readonly #fetcher: SourceFetcher;
  readonly #tasks = new Map<string, StandbyTask>();
  readonly #byChangelog = new Map<string, StandbyTask>();
  /** Tasks whose changelogs were cut where they had not been read yet. */
  readonly #cut = new Set<string>();

  constructor(parts: RuntimeParts, events: StandbyEvents) {
    this.#parts = parts;
    this.#fetcher = new SourceFetcher(parts.standbyConnection, {
      isolation: parts.config.isolationLevel,
      maxWaitMs: MAX_WAIT_MS,
      wants: () => true,
      onRecords: (place, records, nextOffset) => {
        this.#byChangelog.get(keyOf(place))?.apply(place.topic, records, nextOffset);
      },
      onReset: (place) => {
        const task = this.#byChangelog.get(keyOf(place));
        if (task === undefined) return;
        this.#stopFeeding(task);
        this.#cut.add(task.id);
        events.onCut();
      },
      onError: events.onError,
    });
  }

  get ids(): string[] {
    return [...this.#tasks.keys()];
  }

  /** How far each is: the sum of its offsets. */
  offsetSums(): Record<string, number> {
    return Object.fromEntries([...this.#tasks].map(([id, task]) => [id, task.offsetSum]));
  }

  /** The parts of a store that are followed, with how far they are behind. */
  storeParts(name: string): LocalPart[] {
    return [...this.#tasks.values()].flatMap(({ stores, subtopology, partition }) => {
      const handle = stores.get(name);
      if (handle === undefined) return [];
      const topic = subtopology.stores.find((store) => store.name === name)?.changelog ?? null;
      const behind = topic === null ? null : this.#fetcher.lag({ topic, partition });
      return [{ partition, handle, behind: behind ?? -1 }];
    });
  }

  /**
   * Begins to follow a task, with the stores that are here already if there are any. Stores that do not
   * fit their changelogs are emptied first.
   */
  async add(id: string, state?: TaskState): Promise<void> {
    const { config, plan, states } = this.#parts;
    const [subtopology, partition] = locateTask(plan, id);
    let given = state ?? states.open(subtopology, partition, false);
    for (;;) {
      const task = new StandbyTask(subtopology, partition, given);
      const starts = await this.#startOffsets(task);
      if (starts !== null) {
        config.logger.info('standby task opened', { task: id });
        this.#tasks.set(id, task);
        for (const place of task.changelogs) this.#byChangelog.set(keyOf(place), task);
        for (const place of task.changelogs) this.#fetcher.assign(place, starts.get(place.topic) ?? 0);
        this.#fetcher.wake();
        return;
      }
      config.logger.warn('standby task starts over', { task: id });
      await given.wipe();
      given = states.open(subtopology, partition, false);
    }
  }

  /** Starts over with tasks whose changelogs were cut. */
  async repair(): Promise<void> {
    for (const id of [...this.#cut]) {
      const state = this.take(id);
      if (state !== null) await this.add(id, state);
    }
  }

  /** Stops following a task, and gives its stores to who goes on with them. Null: it was not followed. */
  take(id: string): TaskState | null {
    return this.#remove(id)?.handOver() ?? null;
  }

  async close(ids: readonly string[]): Promise<void> {
    await Promise.all(ids.map((id) => this.#remove(id)?.close()));
  }

  /** Stops reading; the stores stay as they are. */
  abandon(): void {
    this.#fetcher.close();
  }

  async closeAll(): Promise<void> {
    this.#fetcher.close();
    const closed = await Promise.allSettled(this.ids.map((id) => this.#remove(id)?.close()));
    for (const each of closed) {
      if (each.status === 'rejected')
        this.#parts.config.logger.warn('closing a standby task failed', { error: messageOf(each.reason) });
    }
  }

  /** Where to read each changelog on; null when one does not reach back, or forth, to there any more. */
  async #startOffsets(task: StandbyTask): Promise<ReadonlyMap<string, number> | null> {
    const { standbyConnection } = this.#parts;
    const starts = new Map<string, number>();
    try {
      await standbyConnection.addTopics(task.changelogs.map(({ topic }) => topic));
      for (const place of task.changelogs) {
        const first = await listOffset(standbyConnection, place, 'earliest', 'read_uncommitted');
        const position = task.state.positions.get(place.topic) ?? first;
        const end = await listOffset(standbyConnection, place, 'latest', 'read_uncommitted');
        if (position < first || position > end) return null;
        starts.set(place.topic, position);
      }
    } catch (error) {
      await task.close();
      throw error;
    }
    return starts;
  }

  #remove(id: string): StandbyTask | undefined {
    const task = this.#tasks.get(id);
    this.#tasks.delete(id);
    this.#cut.delete(id);
    if (task !== undefined) this.#stopFeeding(task);
    return task;
  }

  #stopFeeding(task: StandbyTask): void {
    for (const place of task.changelogs) {
      this.#fetcher.unassign(place);
      this.#byChangelog.delete(keyOf(place));
    }
  }
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic}\u0000${partition}`;
}
