import { CorruptedStateError } from '../disk/corrupted-state-error.ts';
import type { TaskState } from '../disk/task-state.ts';
import { messageOf } from '../internals/record-queue.ts';
import type { StoreHandle } from '../internals/store-handle.ts';
import type { TopicPartition } from '../record.ts';
import { KafkaTask, type StartPosition, type TaskEnvironment } from './kafka-task.ts';
import type { LagFigures, StoreFigures } from './metrics-snapshot.ts';
import { RecordSender } from './record-sender.ts';
import type { RuntimeParts } from './runtime-parts.ts';
import { SourceFetcher } from './source-fetcher.ts';
import { storeFigures } from './store-figures.ts';
import type { LocalPart } from './store-parts.ts';
import { locateTask } from './task-shares.ts';
import { TroubleLog } from './trouble-log.ts';
import { watchRestore } from './watch-restore.ts';

/** A changelog may be cut again while it is read again. */
const MAX_ATTEMPTS = 5;

/** Told what happens while tasks are open. */
export interface TaskEvents {
  /** Records arrived, or a position moved. */
  readonly onArrival: () => void;
  /** Fetching failed for good. */
  readonly onError: (error: unknown) => void;
  /** False: nothing more is to be fetched. */
  readonly isOpen: () => boolean;
}

/** The tasks of this instance that are open, and what feeds them. */
export class OpenTasks {
  readonly fetcher: SourceFetcher;
  readonly #parts: RuntimeParts;
  readonly #events: TaskEvents;
  readonly #troubles: TroubleLog;
  readonly #tasks = new Map<string, KafkaTask>();
  readonly #byInput = new Map<string, KafkaTask>();
  #environment: TaskEnvironment | null = null;

  constructor(parts: RuntimeParts, events: TaskEvents) {
    const { config, connection } = parts;
    this.#parts = parts;
    this.#events = events;
    this.#troubles = new TroubleLog(config.logger);
    this.fetcher = new SourceFetcher(connection, {
      isolation: config.isolationLevel,
      maxWaitMs: config.fetchMaxWaitMs,
      wants: (place) => this.#wants(place),
      onRecords: (place, records, nextOffset) => {
        const task = this.#byInput.get(inputKey(place))?.task;
        if (records.length > 0) task?.addRecords(place.topic, records);
        task?.setPosition(place.topic, nextOffset);
        events.onArrival();
      },
      onReset: ({ topic, partition }, from, to) => {
        config.logger.warn('offset out of range', { topic, partition, from, to });
      },
      onError: events.onError,
      troubles: this.#troubles,
    });
  }

  get ids(): string[] {
    return [...this.#tasks.keys()];
  }

  get size(): number {
    return this.#tasks.size;
  }

  has(id: string): boolean {
    return this.#tasks.has(id);
  }

  values(): KafkaTask[] {
    return [...this.#tasks.values()];
  }

  /** The producers of all tasks. */
  senders(): Set<RecordSender> {
    return new Set(this.values().map(({ sender }) => sender));
  }

  /** Without transactions readers see records at once, so nothing is gained by holding them back. */
  isEager(sender: RecordSender): boolean {
    return sender.bufferedBytes > 0 && this.#environment?.sharedSender === sender;
  }

  /** The parts of a store that are open. */
  storeParts(name: string): LocalPart[] {
    return this.values().flatMap(({ task }) => {
      const handle = task.stores.get(name);
      return handle === undefined ? [] : [{ partition: task.partition, handle, behind: null }];
    });
  }

  storeHandles(name: string): StoreHandle[] {
    return this.values().flatMap(({ task }) => task.stores.get(name) ?? []);
  }

  /** Records still to be processed, per source partition whose end is known. */
  lag(): LagFigures[] {
    return this.values().flatMap(({ task }) =>
      task.inputs.flatMap((place) => {
        const unfetched = this.fetcher.lag(place);
        if (unfetched === null) return [];
        return [{ task: task.taskId, ...place, records: unfetched + task.buffered(place.topic) }];
      }),
    );
  }

  storeSizes(): StoreFigures[] {
    return this.values().flatMap(({ task }) =>
      [...task.stores.values()].map((handle) => storeFigures(task.taskId, handle)),
    );
  }

  /**
   * Opens tasks side by side, with the stores that `takeOver` gives, which are nearly restored. False
   * when `signal` ended it before all were open.
   */
  async open(
    ids: readonly string[],
    signal: AbortSignal,
    takeOver: (id: string) => TaskState | null,
  ): Promise<boolean> {
    const environment = await this.#prepareEnvironment();
    const opened = await Promise.allSettled(
      ids.map((id) => this.#openOne(id, environment, signal, takeOver(id))),
    );
    for (const each of opened) if (each.status === 'rejected') throw each.reason;
    this.fetcher.wake();
    return opened.every((each) => each.status === 'fulfilled' && each.value);
  }

  /** Ends tasks; what they have not committed is lost. */
  async close(ids: Iterable<string>): Promise<void> {
    await Promise.all([...ids].map((id) => this.#remove(id)?.close()));
  }

  /** Ends a task, and gives its stores to a standby; null when they cannot be used like that. */
  async release(id: string): Promise<TaskState | null> {
    const kafkaTask = this.#remove(id);
    if (kafkaTask === undefined) return null;
    const keep = kafkaTask.isClean && kafkaTask.state.outlastsCrash;
    await kafkaTask.close(keep);
    return keep ? kafkaTask.state : null;
  }

  /** At least once, what was written before an error stays, dead letters too. Best effort. */
  async flush(): Promise<void> {
    try {
      await this.#environment?.sharedSender?.flush();
    } catch (error) {
      this.#parts.config.logger.warn('the last records could not be written', { error: messageOf(error) });
    }
  }

  /** Closes all tasks, and has producers made anew. */
  async giveUp(): Promise<void> {
    this.#environment = null;
    await this.close(this.ids);
  }

  #remove(id: string): KafkaTask | undefined {
    const kafkaTask = this.#tasks.get(id);
    if (kafkaTask !== undefined) this.#parts.config.logger.info('task closed', { task: id });
    this.#tasks.delete(id);
    for (const place of kafkaTask?.task.inputs ?? []) {
      this.fetcher.unassign(place);
      this.#byInput.delete(inputKey(place));
    }
    return kafkaTask;
  }

  /** Stores that do not fit their changelogs are emptied and restored from the beginning, once. */
  async #openOne(
    id: string,
    environment: TaskEnvironment,
    signal: AbortSignal,
    taken: TaskState | null,
  ): Promise<boolean> {
    const [subtopology, partition] = locateTask(this.#parts.plan, id);
    let given = taken;
    for (let attempt = 1; ; attempt += 1) {
      const state = given ?? this.#parts.states.open(subtopology, partition, true);
      given = null;
      const kafkaTask = new KafkaTask(environment, subtopology, partition, state);
      try {
        this.#add(kafkaTask, await kafkaTask.open(signal));
        return true;
      } catch (error) {
        if (error instanceof CorruptedStateError && attempt < MAX_ATTEMPTS && !signal.aborted) {
          this.#parts.config.logger.warn('restoring from the beginning', { task: id, reason: error.message });
          kafkaTask.task.close(true);
          await state.wipe();
          continue;
        }
        await kafkaTask.close();
        this.#parts.metrics.restoreGivenUp(id);
        if (!signal.aborted) throw error;
        return false;
      }
    }
  }

  #add(kafkaTask: KafkaTask, positions: readonly StartPosition[]): void {
    const { taskId } = kafkaTask.task;
    this.#parts.config.logger.info('task opened', { task: taskId, positions });
    this.#tasks.set(taskId, kafkaTask);
    for (const place of positions) this.#byInput.set(inputKey(place), kafkaTask);
    for (const place of positions) this.fetcher.assign(place, place.offset);
  }

  /** At least once, all tasks share a producer; a new one is made after it failed. */
  async #prepareEnvironment(): Promise<TaskEnvironment> {
    if (this.#environment !== null) return this.#environment;
    const { config, connection, restoreConnection, counts, globals, metrics, plan } = this.#parts;
    const sharedSender =
      config.processingGuarantee === 'exactly_once_v2'
        ? null
        : new RecordSender(connection, {
            transactionalId: null,
            transactionTimeoutMs: config.transactionTimeoutMs,
            troubles: this.#troubles,
            compression: config.compression,
            onProduced: (topic, records, bytes) => metrics.produced(topic, records, bytes),
          });
    // Who writes nothing need not be allowed to write.
    if (plan.externalSinkTopics.length + plan.internalTopics.length > 0) await sharedSender?.init();
    this.#environment = {
      config,
      connection,
      restoreConnection,
      isolation: config.isolationLevel,
      sharedSender,
      counts,
      latestTopics: plan.latestTopics,
      globalStores: globals.stores,
      metrics,
      troubles: this.#troubles,
      onRestore: (progress) => {
        watchRestore(this.#parts, progress);
        this.#parts.onRestore(progress);
      },
    };
    return this.#environment;
  }

  #wants(place: TopicPartition): boolean {
    const kafkaTask = this.#byInput.get(inputKey(place));
    if (kafkaTask === undefined || !this.#events.isOpen()) return false;
    return kafkaTask.task.buffered(place.topic) < this.#parts.config.bufferedRecordsPerPartition;
  }
}

function inputKey({ topic, partition }: TopicPartition): string {
  return `${topic}\u0000${partition}`;
}
