import { ProcessingError } from '../errors.ts';
import type { DeadLetter, ErrorHandlingOptions } from '../handlers/error-handlers.ts';
import { resolveErrorPolicy } from '../handlers/error-policy.ts';
import { type FailedStep, TaskErrors } from '../handlers/task-errors.ts';
import { partitionForKey } from '../partitioner.ts';
import type { Cancellable, DropReason, PunctuationType, Punctuator } from '../processor.ts';
import { type LogRecord, NO_HEADERS, type RecordMetadata, type StreamRecord } from '../record.ts';
import type { StateStore } from '../state-stores.ts';
import { type StreamsLogger, silentLogger } from '../streams-logger.ts';
import type { SinkNode } from './graph.ts';
import { type SubtopologyPlan, topicName } from './plan.ts';
import { Punctuations } from './punctuations.ts';
import type { RecordCollector } from './record-collector.ts';
import type { NodeHost } from './runtime-nodes.ts';
import { createStore, memoryStores, type StoreFactory } from './store-factory.ts';
import type { StoreHandle } from './store-handle.ts';

/** What a task runs on. */
export interface StreamTaskOptions {
  readonly applicationId: string;
  readonly subtopology: SubtopologyPlan;
  readonly partition: number;
  /** Source topics that have this partition; default: all of the subtopology's. */
  readonly sourceTopics?: readonly string[];
  readonly collector: RecordCollector;
  /** Wall clock, ms. */
  readonly now: () => number;
  readonly stores?: StoreFactory;
  readonly globalStores?: ReadonlyMap<string, StateStore>;
  /** Default: every error fails. The collector must know the partition counts of dead-letter topics. */
  readonly errorHandling?: ErrorHandlingOptions;
  readonly onDropped?: (reason: DropReason) => void;
  /** Wall-clock ms between two looks for windows that have closed; default 1000, as in Kafka Streams. */
  readonly emitIntervalMs?: number;
  /** An error ended the task. */
  readonly onFailed?: (cause: DropReason) => void;
  readonly onPunctuation?: (type: PunctuationType) => void;
  readonly onDeadLetter?: (topic: string) => void;
  readonly logger?: StreamsLogger;
}

const EMIT_INTERVAL_MS = 1000;

/** The state nodes share within a task. */
export class TaskHost implements NodeHost {
  readonly applicationId: string;
  readonly taskId: string;
  readonly partition: number;
  readonly stores = new Map<string, StoreHandle>();
  readonly streamPunctuations = new Punctuations('stream-time');
  readonly wallClockPunctuations = new Punctuations('wall-clock-time');
  readonly pending: Promise<unknown>[] = [];
  readonly processorMetadata = new Map<string, number>();
  readonly emitIntervalMs: number;
  readonly errors: TaskErrors;
  readonly #options: StreamTaskOptions;
  /** Where the record being forwarded came from, when it was kept back before. */
  #pretended: { readonly source: RecordMetadata | null } | null = null;
  activeNode = '';
  recordTimestamp = -1;
  streamTimeMs = -1;
  current: LogRecord | null = null;
  logging = false;
  commitNeeded = false;
  commitRequested = false;

  constructor(taskId: string, options: StreamTaskOptions) {
    this.applicationId = options.applicationId;
    this.taskId = taskId;
    this.partition = options.partition;
    this.#options = options;
    this.emitIntervalMs = options.emitIntervalMs ?? EMIT_INTERVAL_MS;
    this.errors = new TaskErrors({
      taskId,
      policy: resolveErrorPolicy(options.errorHandling ?? {}),
      logger: options.logger ?? silentLogger,
      write: (letter) => this.#writeDeadLetter(letter),
      dropped: (reason) => this.recordDropped(reason),
      failed: (cause) => options.onFailed?.(cause),
    });
    for (const { builder, changelog } of options.subtopology.stores) {
      const owner = {
        log: changelog === null ? null : this.#changelogWriter(changelog),
        currentTimestamp: () => this.recordTimestamp,
        now: options.now,
        expired: () => this.recordDropped('expired'),
      };
      this.stores.set(builder.name, createStore(builder, options.stores ?? memoryStores, taskId, owner));
    }
  }

  #changelogWriter(topic: string) {
    const { collector } = this.#options;
    return (key: Uint8Array, value: Uint8Array | null, timestamp: number, headers = NO_HEADERS): void => {
      if (this.logging) collector.send({ topic, partition: this.partition, key, value, timestamp, headers });
    };
  }

  storeOf(name: string): StateStore | undefined {
    return this.stores.get(name)?.store ?? this.#options.globalStores?.get(name);
  }

  isGlobalStore(name: string): boolean {
    return this.#options.globalStores?.has(name) ?? false;
  }

  write(sink: SinkNode, record: StreamRecord<unknown, unknown>): void {
    const { collector } = this.#options;
    const topic = this.#chooseTopic(sink, record);
    let key: Uint8Array | null = null;
    let value: Uint8Array | null = null;
    let origin: 'key' | 'value' = 'key';
    try {
      if ((record.key ?? null) !== null) key = sink.key.serialize(record.key);
      origin = 'value';
      if ((record.value ?? null) !== null) value = sink.value.serialize(record.value);
    } catch (error) {
      const step = this.#step(sink.name, record);
      this.errors.production(step, { ...record, origin, topic, partition: null }, error);
      return;
    }
    const bytes = key === null ? null : (sink.key.partitionBytes?.(record.key) ?? key);
    const partition =
      sink.partitioner !== null
        ? sink.partitioner(topic, record.key, record.value, collector.partitionCount(topic))
        : bytes === null
          ? null
          : partitionForKey(bytes, collector.partitionCount(topic));
    const { timestamp, headers } = record;
    const produced = { topic, partition, key, value, timestamp, headers };
    if (!this.errors.policy.watchesOutput) {
      collector.send(produced);
      return;
    }
    const step = this.#step(sink.name, record);
    const onRefused = (error: unknown): void =>
      this.errors.production(step, { ...produced, origin: 'send' }, error);
    collector.send({ ...produced, onRefused });
  }

  #chooseTopic(sink: SinkNode, record: StreamRecord<unknown, unknown>): string {
    const { target } = sink;
    if (target.kind === 'topic') return topicName(this.applicationId, target.topic);
    const topic = target.choose(record);
    if (target.topics.includes(topic)) return topic;
    throw new ProcessingError(
      `Sink "${sink.name}" chose the topic "${topic}", which is not among its declared topics ` +
        `(${target.topics.join(', ')}).`,
    );
  }

  schedule(intervalMs: number, type: PunctuationType, punctuator: Punctuator): Cancellable {
    const callback = (timestamp: number): void => {
      this.#options.onPunctuation?.(type);
      punctuator(timestamp);
    };
    return type === 'stream-time'
      ? this.streamPunctuations.schedule(intervalMs, callback, 0)
      : this.wallClockPunctuations.schedule(intervalMs, callback, this.#options.now() + intervalMs);
  }

  streamTime(): number {
    return this.streamTimeMs;
  }

  systemTime(): number {
    return this.#options.now();
  }

  metadata(): RecordMetadata | null {
    if (this.#pretended !== null) return this.#pretended.source;
    const { current } = this;
    return current === null
      ? null
      : { topic: current.topic, partition: current.partition, offset: current.offset };
  }

  pretend(source: RecordMetadata | null, work: () => void): void {
    const before = this.#pretended;
    this.#pretended = { source };
    try {
      work();
    } finally {
      this.#pretended = before;
    }
  }

  requestCommit(): void {
    this.commitRequested = true;
  }

  awaitBeforeCommit(work: Promise<unknown>): void {
    const headers = this.current?.headers ?? NO_HEADERS;
    const step = { node: this.activeNode, source: this.current, timestamp: this.recordTimestamp, headers };
    const watched = work.catch((error: unknown) => this.errors.processing(step, null, error));
    watched.catch(() => undefined);
    this.pending.push(watched);
  }

  recordDropped(reason: DropReason): void {
    this.#options.onDropped?.(reason);
  }

  stepFailed(node: string, record: StreamRecord<unknown, unknown>, error: unknown): void {
    this.activeNode = node;
    this.recordTimestamp = record.timestamp;
    this.errors.processing(this.#step(node, record), record, error);
  }

  punctuationFailed(node: string, timestamp: number, error: unknown): void {
    this.activeNode = node;
    this.errors.processing({ node, source: null, timestamp, headers: NO_HEADERS }, null, error);
  }

  /** What a serde could not read is dropped: like what was processed, it is committed. */
  unreadable(node: string, record: LogRecord, error: unknown): void {
    this.errors.deserialization(node, record, error);
    this.commitNeeded = true;
  }

  #step(node: string, { timestamp, headers }: StreamRecord<unknown, unknown>): FailedStep {
    return { node, source: this.current, timestamp, headers };
  }

  #writeDeadLetter(letter: DeadLetter): void {
    const { collector, onDeadLetter } = this.#options;
    const partition =
      letter.partition ??
      (letter.key === null ? null : partitionForKey(letter.key, collector.partitionCount(letter.topic)));
    collector.send({ ...letter, partition });
    this.commitNeeded = true;
    onDeadLetter?.(letter.topic);
  }
}
