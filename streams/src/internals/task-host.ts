import { ProcessingError } from '../errors.ts';
import { partitionForKey } from '../partitioner.ts';
import type { Cancellable, DropReason, PunctuationType, Punctuator } from '../processor.ts';
import type { LogRecord, RecordMetadata, StreamRecord } from '../record.ts';
import type { StateStore } from '../state-stores.ts';
import type { SinkNode } from './graph.ts';
import { type SubtopologyPlan, topicName } from './plan.ts';
import { Punctuations } from './punctuations.ts';
import type { RecordCollector } from './record-collector.ts';
import type { DeserializationHandler } from './record-queue.ts';
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
  readonly onDeserializationError?: DeserializationHandler;
  readonly onDropped?: (reason: DropReason) => void;
}

/** The state nodes share within a task. */
export class TaskHost implements NodeHost {
  readonly applicationId: string;
  readonly taskId: string;
  readonly partition: number;
  readonly stores = new Map<string, StoreHandle>();
  readonly streamPunctuations = new Punctuations('stream-time');
  readonly wallClockPunctuations = new Punctuations('wall-clock-time');
  readonly pending: Promise<unknown>[] = [];
  readonly #options: StreamTaskOptions;
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
    for (const { builder, changelog } of options.subtopology.stores) {
      const owner = {
        log: changelog === null ? null : this.#changelogWriter(changelog),
        currentTimestamp: () => this.recordTimestamp,
        expired: () => this.recordDropped('expired'),
      };
      this.stores.set(builder.name, createStore(builder, options.stores ?? memoryStores, taskId, owner));
    }
  }

  #changelogWriter(topic: string) {
    const { collector } = this.#options;
    return (key: Uint8Array, value: Uint8Array | null, timestamp: number): void => {
      if (this.logging)
        collector.send({ topic, partition: this.partition, key, value, timestamp, headers: [] });
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
    const key = (record.key ?? null) === null ? null : sink.key.serialize(record.key);
    const value = (record.value ?? null) === null ? null : sink.value.serialize(record.value);
    const bytes = key === null ? null : (sink.key.partitionBytes?.(record.key) ?? key);
    const partition =
      sink.partitioner !== null
        ? sink.partitioner(topic, record.key, record.value, collector.partitionCount(topic))
        : bytes === null
          ? null
          : partitionForKey(bytes, collector.partitionCount(topic));
    collector.send({ topic, partition, key, value, timestamp: record.timestamp, headers: record.headers });
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

  schedule(intervalMs: number, type: PunctuationType, callback: Punctuator): Cancellable {
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
    const { current } = this;
    return current === null
      ? null
      : { topic: current.topic, partition: current.partition, offset: current.offset };
  }

  requestCommit(): void {
    this.commitRequested = true;
  }

  awaitBeforeCommit(work: Promise<unknown>): void {
    this.pending.push(work);
    work.catch(() => undefined);
  }

  recordDropped(reason: DropReason): void {
    this.#options.onDropped?.(reason);
  }
}
