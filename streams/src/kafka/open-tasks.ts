import { messageOf } from '../internals/record-queue.ts';
import type { StoreHandle } from '../internals/store-handle.ts';
import type { TopicPartition } from '../record.ts';
import { KafkaTask, type TaskEnvironment } from './kafka-task.ts';
import { RecordSender } from './record-sender.ts';
import type { RuntimeParts } from './runtime-parts.ts';
import { SourceFetcher } from './source-fetcher.ts';
import { locateTask } from './task-shares.ts';

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
  readonly #tasks = new Map<string, KafkaTask>();
  readonly #byInput = new Map<string, KafkaTask>();
  #environment: TaskEnvironment | null = null;

  constructor(parts: RuntimeParts, events: TaskEvents) {
    const { config, connection } = parts;
    this.#parts = parts;
    this.#events = events;
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

  storeHandles(name: string): StoreHandle[] {
    return this.values().flatMap(({ task }) => task.stores.get(name) ?? []);
  }

  /** Records still to be processed, per source partition. */
  lag(): Record<string, number> {
    const lag: Record<string, number> = {};
    for (const { task } of this.#tasks.values()) {
      for (const place of task.inputs) {
        const unfetched = this.fetcher.lag(place);
        if (unfetched !== null)
          lag[`${place.topic}-${place.partition}`] = unfetched + task.buffered(place.topic);
      }
    }
    return lag;
  }

  /** Opens tasks side by side. False when `signal` ended it before all were open. */
  async open(ids: readonly string[], signal: AbortSignal): Promise<boolean> {
    const environment = await this.#prepareEnvironment();
    const opened = await Promise.allSettled(ids.map((id) => this.#openOne(id, environment, signal)));
    for (const each of opened) if (each.status === 'rejected') throw each.reason;
    this.fetcher.wake();
    return opened.every((each) => each.status === 'fulfilled' && each.value);
  }

  close(ids: Iterable<string>): void {
    for (const id of [...ids]) {
      const kafkaTask = this.#tasks.get(id);
      if (kafkaTask === undefined) continue;
      this.#tasks.delete(id);
      for (const place of kafkaTask.task.inputs) {
        this.fetcher.unassign(place);
        this.#byInput.delete(inputKey(place));
      }
      kafkaTask.task.close();
    }
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
  giveUp(): void {
    this.close(this.ids);
    this.#environment = null;
  }

  async #openOne(id: string, environment: TaskEnvironment, signal: AbortSignal): Promise<boolean> {
    const kafkaTask = new KafkaTask(environment, ...locateTask(this.#parts.plan, id));
    try {
      const positions = await kafkaTask.open(signal);
      signal.throwIfAborted();
      this.#parts.config.logger.info('task opened', { task: id, positions });
      this.#tasks.set(id, kafkaTask);
      for (const place of positions) this.#byInput.set(inputKey(place), kafkaTask);
      for (const place of positions) this.fetcher.assign(place, place.offset);
      return true;
    } catch (error) {
      kafkaTask.task.close();
      if (!signal.aborted) throw error;
      return false;
    }
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
          });
    await sharedSender?.init();
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
