import { InvalidStateStoreError } from '../src/errors.ts';
import type { ErrorHandlingOptions } from '../src/handlers/error-handlers.ts';
import { withDeadLetterTopics } from '../src/handlers/error-policy.ts';
import { logAndContinue } from '../src/handlers/ready-made-handlers.ts';
import { createGlobalStores, type GlobalStores } from '../src/internals/global-stores.ts';
import { GlobalUpdates } from '../src/internals/global-updates.ts';
import { resolvePartitionCounts, taskCount } from '../src/internals/partition-counts.ts';
import type { SubtopologyPlan, TopologyPlan } from '../src/internals/plan.ts';
import { querySessionStore } from '../src/internals/query-session-store.ts';
import { queryKeyValueStore, queryWindowStore, readTimestamped } from '../src/internals/query-stores.ts';
import { queryVersionedStore } from '../src/internals/query-versioned-store.ts';
import type { ProducedRecord } from '../src/internals/record-collector.ts';
import type { StoreHandle } from '../src/internals/store-handle.ts';
import { StreamTask } from '../src/internals/stream-task.ts';
import { partitionForKey } from '../src/partitioner.ts';
import type { DropReason } from '../src/processor.ts';
import type { LogRecord } from '../src/record.ts';
import type { Serde } from '../src/serdes.ts';
import type {
  ReadOnlyKeyValueStore,
  ReadOnlySessionStore,
  ReadOnlyVersionedKeyValueStore,
  ReadOnlyWindowStore,
  ValueAndTimestamp,
} from '../src/state-stores.ts';
import type { Topology } from '../src/topology.ts';
import { TestInputTopic } from './test-input-topic.ts';
import { TestOutputTopic } from './test-output-topic.ts';

/** How a test runs a topology. */
export interface TopologyTestDriverOptions extends ErrorHandlingOptions {
  /** Becomes part of internal topic names; default `test`. */
  readonly applicationId?: string;
  /** Partitions of every source topic; default 1, as in Kafka Streams' own driver. */
  readonly partitions?: number;
  /** Partitions of single topics, where they differ. */
  readonly topicPartitions?: Readonly<Record<string, number>>;
  /** Where the driver's clock begins, ms since the epoch; default: now. It moves only when told. */
  readonly initialWallClockTime?: number;
  /**
   * Wall-clock ms between two looks for windows that have closed. Default 0, every record, as in Kafka
   * Streams' own driver; an application looks once a second.
   */
  readonly emitIntervalMs?: number;
}

/**
 * Runs a topology in memory, without a broker and with its own time. Records are processed one by
 * one to the end: when `pipeInput` returns, everything that follows from the record is written.
 */
export class TopologyTestDriver {
  readonly #plan: TopologyPlan;
  readonly #counts: ReadonlyMap<string, number>;
  readonly #globals: GlobalStores;
  readonly #globalUpdates: GlobalUpdates;
  readonly #tasks: StreamTask[] = [];
  readonly #readers = new Map<string, StreamTask[]>();
  readonly #logs = new Map<string, LogRecord[]>();
  readonly #endOffsets = new Map<string, number>();
  /** What the topology wrote, as against what was piped in. */
  readonly #produced = new WeakSet<LogRecord>();
  /** Written by the step that is at work; delivered when the step is done, as Kafka Streams' driver does. */
  readonly #written: ProducedRecord[] = [];
  /** Waiting to be read, where several tasks take turns. */
  readonly #pending: LogRecord[] = [];
  /** With single partitions the whole topology is one task, which chooses among all topics. */
  readonly #single: StreamTask | null;
  readonly #dropped = new Map<DropReason, number>();
  readonly #onDropped = (reason: DropReason): void => {
    this.#dropped.set(reason, (this.#dropped.get(reason) ?? 0) + 1);
  };
  readonly #defaultPartitions: number;
  #now: number;

  constructor(topology: Topology, options: TopologyTestDriverOptions = {}) {
    this.#defaultPartitions = options.partitions ?? 1;
    this.#now = options.initialWallClockTime ?? Date.now();
    this.#plan = withDeadLetterTopics(topology.plan(options.applicationId ?? 'test'), options);
    const given = (topic: string): number => options.topicPartitions?.[topic] ?? this.#defaultPartitions;
    const topics = [...this.#plan.externalSourceTopics, ...this.#plan.externalSinkTopics];
    const existing = new Map(topics.map((topic) => [topic, given(topic)]));
    this.#counts = new Map([...existing, ...resolvePartitionCounts(this.#plan, existing)]);
    this.#globals = createGlobalStores(this.#plan);
    // Whatever the options say, as in Kafka Streams' own driver.
    const errorHandling = { deserializationExceptionHandler: logAndContinue };
    this.#globalUpdates = new GlobalUpdates(this.#globals, { errorHandling, onDropped: this.#onDropped });
    const isSingle = [...this.#counts.values()].every((count) => count === 1);
    const parts = this.#plan.subtopologies;
    for (const part of isSingle && parts.length > 0 ? [topology.planWhole(this.#plan.applicationId)] : parts)
      this.#createTasks(part, options);
    this.#single = isSingle ? (this.#tasks[0] ?? null) : null;
    for (const task of this.#tasks) task.init();
  }

  createInputTopic<K, V>(topic: string, key: Serde<K>, value: Serde<V>): TestInputTopic<K, V> {
    return new TestInputTopic(
      topic,
      key,
      value,
      (record, partition, bytes) => {
        const count = this.#partitionCount(topic);
        const chosen = partition ?? (bytes === null ? 0 : partitionForKey(bytes, count));
        this.#deliver({ ...record, partition: chosen });
      },
      () => this.#now,
    );
  }

  createOutputTopic<K, V>(topic: string, key: Serde<K>, value: Serde<V>): TestOutputTopic<K, V> {
    const written = () => this.#log(topic).filter((record) => this.#produced.has(record));
    return new TestOutputTopic(topic, key, value, written);
  }

  /** Moves the clock forward and fires the wall-clock punctuations that become due. */
  advanceWallClockTime(advanceMs: number): void {
    this.#now += advanceMs;
    for (const task of this.#tasks) {
      task.punctuateWallClock();
      task.flush();
      task.committed();
    }
    this.#settle();
  }

  /** The driver's clock, ms since the epoch. */
  get wallClockTime(): number {
    return this.#now;
  }

  /** What a key-value store holds, of all partitions together; plain values, without timestamps. */
  getKeyValueStore<K, V>(name: string): ReadOnlyKeyValueStore<K, V> {
    return queryKeyValueStore<K, V>(name, () => this.#handles(name));
  }

  /** As `getKeyValueStore`, for the stores of tables and aggregations: values with their timestamps. */
  getTimestampedKeyValueStore<K, V>(name: string): ReadOnlyKeyValueStore<K, ValueAndTimestamp<V>> {
    return queryKeyValueStore<K, ValueAndTimestamp<V>>(name, () => this.#handles(name), readTimestamped);
  }

  /** What a window store holds, of all partitions together; plain values, without timestamps. */
  getWindowStore<K, V>(name: string): ReadOnlyWindowStore<K, V> {
    return queryWindowStore<K, V>(name, () => this.#handles(name));
  }

  /** As `getWindowStore`, for the stores of windowed aggregations: values with their timestamps. */
  getTimestampedWindowStore<K, V>(name: string): ReadOnlyWindowStore<K, ValueAndTimestamp<V>> {
    return queryWindowStore<K, ValueAndTimestamp<V>>(name, () => this.#handles(name), readTimestamped);
  }

  /** What a session store holds, of all partitions together. */
  getSessionStore<K, V>(name: string): ReadOnlySessionStore<K, V> {
    return querySessionStore<K, V>(name, () => this.#handles(name));
  }

  /** What a versioned store holds, of all partitions together. */
  getVersionedKeyValueStore<K, V>(name: string): ReadOnlyVersionedKeyValueStore<K, V> {
    return queryVersionedStore<K, V>(name, () => this.#handles(name));
  }

  /** Everything written to a store's changelog so far, as bytes. */
  changelog(store: string): readonly LogRecord[] {
    const changelog = this.#plan.subtopologies
      .flatMap((part) => part.stores)
      .find((each) => each.name === store)?.changelog;
    if (changelog === undefined || changelog === null) {
      throw new InvalidStateStoreError(`There is no changelog of a store "${store}".`);
    }
    return this.#log(changelog);
  }

  /** Everything written to a topic so far, internal topics included, as bytes. */
  records(topic: string): readonly LogRecord[] {
    return this.#log(topic);
  }

  /** Names of all topics that were written. */
  get producedTopicNames(): string[] {
    return [...this.#logs.keys()];
  }

  /** How many records were dropped for a reason. */
  droppedRecords(reason: DropReason): number {
    return this.#dropped.get(reason) ?? 0;
  }

  close(): void {
    for (const task of this.#tasks) task.close();
    this.#globals.close();
  }

  #createTasks(subtopology: SubtopologyPlan, options: TopologyTestDriverOptions): void {
    const count = taskCount(subtopology, this.#counts);
    for (let partition = 0; partition < count; partition += 1) {
      const sourceTopics = subtopology.sourceTopics.filter(
        (topic) => this.#partitionCount(topic) > partition,
      );
      const task = new StreamTask({
        applicationId: this.#plan.applicationId,
        subtopology,
        partition,
        sourceTopics,
        collector: {
          send: (record) => this.#written.push(record),
          partitionCount: (topic) => this.#partitionCount(topic),
        },
        now: () => this.#now,
        emitIntervalMs: options.emitIntervalMs ?? 0,
        globalStores: this.#globals.stores,
        errorHandling: options,
        onDropped: this.#onDropped,
      });
      this.#tasks.push(task);
      for (const topic of sourceTopics) this.#readers.set(topic, [...(this.#readers.get(topic) ?? []), task]);
    }
  }

  #partitionCount(topic: string): number {
    return this.#counts.get(topic) ?? this.#defaultPartitions;
  }

  #log(topic: string): LogRecord[] {
    const log = this.#logs.get(topic) ?? [];
    this.#logs.set(topic, log);
    return log;
  }

  /** Takes a record from outside: tasks work until nothing waits, then global tables are updated. */
  #deliver(record: Omit<LogRecord, 'offset'>): void {
    const placed = this.#append(record);
    this.#enqueue(placed);
    this.#settle();
    this.#updateGlobals(placed);
  }

  #append(record: Omit<LogRecord, 'offset'>): LogRecord {
    const place = `${record.topic}-${record.partition}`;
    const offset = this.#endOffsets.get(place) ?? 0;
    this.#endOffsets.set(place, offset + 1);
    const placed = { ...record, offset };
    this.#log(record.topic).push(placed);
    return placed;
  }

  #enqueue(record: LogRecord): void {
    if (!this.#readers.has(record.topic)) return;
    if (this.#single === null) this.#pending.push(record);
    else this.#single.addRecords(record.topic, [record]);
  }

  #updateGlobals(record: LogRecord): void {
    this.#globalUpdates.apply(record);
  }

  /** Processes until nothing waits. */
  #settle(): void {
    this.#takeWritten();
    if (this.#single !== null) {
      this.#processAll(this.#single);
      return;
    }
    for (let record = this.#pending.shift(); record !== undefined; record = this.#pending.shift()) {
      const { topic, partition } = record;
      const task = this.#readers.get(topic)?.find((each) => each.partition === partition);
      if (task === undefined) continue;
      task.addRecords(topic, [record]);
      this.#processAll(task);
    }
  }

  /** Each record, then the punctuations its time makes due, then a commit. */
  #processAll(task: StreamTask): void {
    do {
      while (task.process()) {
        task.punctuateStreamTime();
        task.flush();
        task.committed();
        this.#takeWritten();
      }
      // Reading a record that turns out to be unreadable is no step, but may have written a dead letter.
      this.#takeWritten();
    } while (task.buffered() > 0);
  }

  #takeWritten(): void {
    for (const record of this.#written.splice(0)) {
      const placed = this.#append({ ...record, partition: record.partition ?? 0 });
      this.#produced.add(placed);
      this.#enqueue(placed);
      this.#updateGlobals(placed);
    }
  }

  #handles(name: string): StoreHandle[] {
    const global = this.#globals.handles.get(name);
    if (global !== undefined) return [global];
    return this.#tasks.flatMap((task) => task.stores.get(name) ?? []);
  }
}
