import type { TaskState } from '../disk/task-state.ts';
import type { SubtopologyPlan } from '../internals/plan.ts';
import { createStore } from '../internals/store-factory.ts';
import type { StoreHandle } from '../internals/store-handle.ts';
import type { LogRecord, TopicPartition } from '../record.ts';

/** As in Kafka Streams: a checkpoint is worth its time after this many records. */
const RECORDS_PER_CHECKPOINT = 10_000;

/** A copy of a task's stores that follows their changelogs and does nothing else. */
export class StandbyTask {
  readonly id: string;
  readonly subtopology: SubtopologyPlan;
  readonly partition: number;
  readonly state: TaskState;
  readonly stores: ReadonlyMap<string, StoreHandle>;
  readonly #byChangelog: ReadonlyMap<string, StoreHandle>;
  #unsaved = 0;

  constructor(subtopology: SubtopologyPlan, partition: number, state: TaskState) {
    this.id = `${subtopology.id}_${partition}`;
    this.subtopology = subtopology;
    this.partition = partition;
    this.state = state;
    const owner = { log: null, currentTimestamp: () => -1, expired: () => undefined, now: Date.now };
    const made = subtopology.stores.map(({ builder, changelog }) => ({
      changelog,
      handle: createStore(builder, state.factory, this.id, owner),
    }));
    this.stores = new Map(made.map(({ handle }) => [handle.name, handle]));
    this.#byChangelog = new Map(
      made.flatMap(({ changelog, handle }) => (changelog === null ? [] : [[changelog, handle]])),
    );
  }

  get changelogs(): TopicPartition[] {
    return [...this.#byChangelog.keys()].map((topic) => ({ topic, partition: this.partition }));
  }

  /** How far it is: the sum of its offsets. */
  get offsetSum(): number {
    return [...this.state.positions.values()].reduce((sum, offset) => sum + offset, 0);
  }

  apply(topic: string, records: readonly LogRecord[], nextOffset: number): void {
    const handle = this.#byChangelog.get(topic);
    for (const { key, value, timestamp } of records) {
      // Copies, so that a small value does not hold on to the whole fetched buffer.
      if (key !== null)
        handle?.restore(Buffer.from(key), value === null ? null : Buffer.from(value), timestamp);
    }
    this.state.positions.set(topic, nextOffset);
    this.#unsaved += records.length;
    if (this.#unsaved < RECORDS_PER_CHECKPOINT) return;
    this.#unsaved = 0;
    this.state.checkpoint();
  }

  /** Gives the stores to the task that goes on with them here. */
  handOver(): TaskState {
    this.state.handOver();
    return this.state;
  }

  async close(): Promise<void> {
    await this.state.close(true);
  }
}
