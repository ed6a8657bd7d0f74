import { InvalidStateStoreError } from '../errors.ts';
import type { DropReason } from '../processor.ts';
import type { LogRecord } from '../record.ts';
import { BinaryHeap } from './binary-heap.ts';
import type { SourceNode } from './graph.ts';
import { topicName } from './plan.ts';
import type { Punctuations } from './punctuations.ts';
import { type QueuedRecord, RecordQueue } from './record-queue.ts';
import { createRuntimeNodes, type RuntimeNode } from './runtime-nodes.ts';
import type { StoreHandle } from './store-handle.ts';
import { type StreamTaskOptions, TaskHost } from './task-host.ts';

/** How far a source partition was processed. */
export interface ConsumedOffset {
  readonly topic: string;
  readonly partition: number;
  /** The offset to commit: the next one to process. */
  readonly offset: number;
  /** Highest timestamp seen in the partition, -1 before the first record. */
  readonly partitionTime: number;
  /** What processors keep with the offsets: when they last emitted closed windows, by store. */
  readonly processorMetadata?: ReadonlyMap<string, number>;
}

/** A record of a changelog, to restore a store from. */
export interface ChangelogRecord {
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly timestamp: number;
}

interface Input {
  readonly queue: RecordQueue;
  readonly node: RuntimeNode;
  /** Next offset to read from the log; what is committed when nothing waits. */
  position: number | null;
  processed: number | null;
}

/**
 * One task: a subtopology over one partition of its source topics, with its stores. It does no I/O;
 * a driver feeds it records and takes what it writes. Order of use: `restore` each store, `init`,
 * then `addRecords`, `process` and the punctuations, `close`.
 */
export class StreamTask {
  readonly taskId: string;
  readonly subtopologyId: number;
  readonly partition: number;
  readonly stores: ReadonlyMap<string, StoreHandle>;
  /** The source partitions of this task. */
  readonly inputs: readonly { readonly topic: string; readonly partition: number }[];
  readonly #options: StreamTaskOptions;
  readonly #host: TaskHost;
  readonly #inputs: readonly Input[];
  readonly #nodes: ReadonlyMap<string, RuntimeNode>;
  /** Partitions with records, by the timestamps of their heads (Kafka Streams: `PartitionGroup`). */
  readonly #waiting = new BinaryHeap<Input>(
    (one, two) => (one.queue.head()?.timestamp ?? -1) - (two.queue.head()?.timestamp ?? -1),
  );
  /** Partitions to join those that wait: the one chosen last, and those that were empty until now. */
  readonly #filled: Input[] = [];
  #initialized = false;
  #lastTimestamp = -1;

  constructor(options: StreamTaskOptions) {
    const { subtopology, partition } = options;
    this.taskId = `${subtopology.id}_${partition}`;
    this.subtopologyId = subtopology.id;
    this.partition = partition;
    this.#options = options;
    this.#host = new TaskHost(this.taskId, options);
    this.stores = this.#host.stores;
    this.#nodes = createRuntimeNodes(subtopology.nodes, this.#host);
    this.#inputs = this.#createInputs();
    this.inputs = this.#inputs.map(({ queue: { topic, partition } }) => ({ topic, partition }));
  }

  /** Source partitions with records that wait; it changes when one runs empty or is filled. */
  get filledInputs(): number {
    let count = 0;
    for (const { queue } of this.#inputs) if (queue.size > 0) count += 1;
    return count;
  }

  /** True when something was processed or punctuated since `committed()`. */
  get commitNeeded(): boolean {
    return this.#host.commitNeeded;
  }

  /** True when a processor asked for an early commit. */
  get commitRequested(): boolean {
    return this.#host.commitRequested;
  }

  /** Highest timestamp processed; -1 before the first record. */
  get streamTime(): number {
    return this.#host.streamTimeMs;
  }

  /** Timestamp of the last record processed; -1 before the first. */
  get lastTimestamp(): number {
    return this.#lastTimestamp;
  }

  /** Brings a store back from its changelog; before `init`, in offset order. */
  restore(store: string, records: Iterable<ChangelogRecord>): void {
    const handle = this.stores.get(store);
    if (handle === undefined)
      throw new InvalidStateStoreError(`Task ${this.taskId} has no store "${store}".`);
    for (const record of records) {
      if (record.key !== null) handle.restore(record.key, record.value, record.timestamp);
    }
  }

  /** Starts the processors. From here on, store changes are logged. */
  init(): void {
    this.#host.logging = true;
    this.#initialized = true;
    for (const node of this.#nodes.values()) {
      this.#host.activeNode = node.name;
      this.#guard(null, () => node.init());
    }
  }

  addRecords(topic: string, records: readonly LogRecord[]): void {
    const input = this.#input(topic);
    if (input.queue.size === 0) this.#filled.push(input);
    input.queue.add(records);
    const last = records.at(-1);
    if (last !== undefined) input.position = Math.max(input.position ?? 0, last.offset + 1);
  }

  /** Tells the next offset to read, when it moved past records a consumer never sees. */
  setPosition(topic: string, offset: number): void {
    const input = this.#input(topic);
    if (input.position !== null && offset > input.position) this.#host.commitNeeded = true;
    input.position = offset;
  }

  /** Restores the partition time from a commit's metadata. */
  setPartitionTime(topic: string, timestamp: number): void {
    const { queue } = this.#input(topic);
    queue.partitionTime = Math.max(queue.partitionTime, timestamp);
    this.#host.streamTimeMs = Math.max(this.#host.streamTimeMs, timestamp);
  }

  /** Restores what processors kept with a partition's offset; before `init`, the highest wins. */
  setProcessorMetadata(metadata: ReadonlyMap<string, number>): void {
    const known = this.#host.processorMetadata;
    for (const [key, value] of metadata) known.set(key, Math.max(value, known.get(key) ?? value));
  }

  /** Records that wait: of one topic, or of all. */
  buffered(topic?: string): number {
    if (topic !== undefined) return this.#input(topic).queue.size;
    return this.#inputs.reduce((sum, input) => sum + input.queue.size, 0);
  }

  /**
   * Processes one record: the one with the lowest timestamp among the heads of all partitions.
   * False when nothing waits. Throws `ProcessingError` naming the step and the record.
   */
  process(): boolean {
    if (!this.#initialized) throw new InvalidStateStoreError(`Task ${this.taskId} is not initialized yet.`);
    for (let input = this.#filled.shift(); input !== undefined; input = this.#filled.shift()) {
      if (input.queue.head() !== null) this.#waiting.offer(input);
    }
    const chosen = this.#waiting.poll();
    const record = chosen?.queue.poll() ?? null;
    if (chosen === undefined || record === null) return false;
    if (chosen.queue.size > 0) this.#filled.push(chosen);
    this.#processRecord(chosen, record);
    return true;
  }

  /** Fires stream-time punctuations that are due. */
  punctuateStreamTime(): boolean {
    const host = this.#host;
    if (host.streamTimeMs < 0) return false;
    return this.#punctuate(host.streamPunctuations, host.streamTimeMs);
  }

  /** Fires wall-clock punctuations that are due. */
  punctuateWallClock(): boolean {
    return this.#punctuate(this.#host.wallClockPunctuations, this.#options.now());
  }

  /** When the next wall-clock punctuation is due; null when there is none. */
  nextWallClockPunctuation(): number | null {
    return this.#host.wallClockPunctuations.nextDue();
  }

  /** Offsets to commit. An input appears once its position is known. */
  consumedOffsets(): ConsumedOffset[] {
    const numbers = this.#host.processorMetadata;
    const metadata = numbers.size === 0 ? {} : { processorMetadata: numbers };
    return this.#inputs.flatMap(({ queue, position, processed }) => {
      const offset = queue.nextOffset ?? position ?? processed;
      if (offset === null) return [];
      const { topic, partition, partitionTime } = queue;
      return [{ topic, partition, offset, partitionTime, ...metadata }];
    });
  }

  /** Call before a commit: writes what stores kept back until now to their changelogs. */
  flush(): void {
    for (const store of this.stores.values()) store.flush?.();
  }

  /** Work the next commit must wait for. */
  pendingWork(): Promise<unknown>[] {
    return this.#host.pending.splice(0);
  }

  /** Call after a successful commit. */
  committed(): void {
    this.#host.commitNeeded = false;
    this.#host.commitRequested = false;
  }

  /**
   * Ends the task. Nothing is committed or written; stores are closed, unless somebody goes on with them. A
   * step that throws does not keep the others from closing: the first such error is thrown at the end.
   */
  close(keepStores = false): void {
    const failures: unknown[] = [];
    for (const node of this.#initialized ? this.#nodes.values() : []) {
      try {
        node.close();
      } catch (cause) {
        failures.push(this.#host.errors.stepFailed(node.name, null, cause));
      }
    }
    this.#initialized = false;
    if (!keepStores) for (const store of this.stores.values()) store.close();
    if (failures.length > 0) throw failures[0];
  }

  #createInputs(): Input[] {
    const { applicationId, subtopology, partition, sourceTopics } = this.#options;
    const wanted = new Set(sourceTopics ?? subtopology.sourceTopics);
    const sources = subtopology.nodes.filter((node): node is SourceNode => node.kind === 'source');
    return sources.flatMap((source) => {
      const node = this.#nodes.get(source.name);
      if (node === undefined) return [];
      const reader = {
        key: source.key,
        value: source.value,
        timestampExtractor: source.timestampExtractor,
        unreadable: (record: LogRecord, error: unknown) => this.#host.unreadable(source.name, record, error),
        dropped: (reason: DropReason) => this.#host.recordDropped(reason),
      };
      return source.topics
        .map((topic) => topicName(applicationId, topic))
        .filter((topic) => wanted.has(topic))
        .map((topic) => ({
          queue: new RecordQueue(topic, partition, reader),
          node,
          position: null,
          processed: null,
        }));
    });
  }

  #input(topic: string): Input {
    const input = this.#inputs.find((each) => each.queue.topic === topic);
    if (input === undefined)
      throw new InvalidStateStoreError(`Task ${this.taskId} does not read "${topic}".`);
    return input;
  }

  #processRecord(input: Input, record: QueuedRecord): void {
    const host = this.#host;
    const { log, key, value, timestamp } = record;
    host.current = log;
    host.recordTimestamp = timestamp;
    this.#lastTimestamp = timestamp;
    if (timestamp > host.streamTimeMs) host.streamTimeMs = timestamp;
    host.activeNode = input.node.name;
    try {
      input.node.process({ key, value, timestamp, headers: log.headers });
    } catch (cause) {
      throw host.errors.stepFailed(host.activeNode, log, cause);
    }
    host.current = null;
    input.processed = log.offset + 1;
    host.commitNeeded = true;
  }

  #punctuate(punctuations: Punctuations, now: number): boolean {
    this.#host.current = null;
    const fired = this.#guard(null, () => punctuations.fire(now));
    if (fired) this.#host.commitNeeded = true;
    return fired;
  }

  #guard<T>(log: LogRecord | null, work: () => T): T {
    try {
      return work();
    } catch (cause) {
      throw this.#host.errors.stepFailed(this.#host.activeNode, log, cause);
    }
  }
}
