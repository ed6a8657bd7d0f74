import { TopologyError } from '../errors.ts';
import type { Cancellable, DropReason, Processor, PunctuationType, Punctuator } from '../processor.ts';
import type { RecordMetadata, StreamRecord } from '../record.ts';
import type { StateStore } from '../state-stores.ts';
import { assertSynchronous } from './assert-synchronous.ts';
import type { EngineContext } from './engine-context.ts';
import type { GraphNode, ProcessorNode, SinkNode } from './graph.ts';

/** What nodes need from the task they run in. */
export interface NodeHost {
  readonly applicationId: string;
  readonly taskId: string;
  readonly partition: number;
  /** Name of the node at work, for error messages. */
  activeNode: string;
  /** Timestamp of the record at work. */
  recordTimestamp: number;
  /** Wall-clock ms between two looks for windows that have closed. */
  readonly emitIntervalMs: number;
  /** Numbers that processors keep with the committed offsets. */
  readonly processorMetadata: Map<string, number>;
  storeOf(name: string): StateStore | undefined;
  isGlobalStore(name: string): boolean;
  write(sink: SinkNode, record: StreamRecord<unknown, unknown>): void;
  schedule(intervalMs: number, type: PunctuationType, callback: Punctuator): Cancellable;
  streamTime(): number;
  systemTime(): number;
  metadata(): RecordMetadata | null;
  /** Runs `work` as if the record from `source` were being processed. */
  pretend(source: RecordMetadata | null, work: () => void): void;
  requestCommit(): void;
  awaitBeforeCommit(work: Promise<unknown>): void;
  recordDropped(reason: DropReason): void;
  /** A step threw; returns when what it did not finish is to be left out. */
  stepFailed(node: string, record: StreamRecord<unknown, unknown>, error: unknown): void;
  punctuationFailed(node: string, timestamp: number, error: unknown): void;
}

/** A node of a running task. */
export interface RuntimeNode {
  readonly name: string;
  readonly children: RuntimeNode[];
  init(): void;
  process(record: StreamRecord<unknown, unknown>): void;
  close(): void;
}

/** Makes the running nodes of a subtopology and ties children to parents. */
export function createRuntimeNodes(nodes: readonly GraphNode[], host: NodeHost): Map<string, RuntimeNode> {
  const running = new Map<string, RuntimeNode>();
  for (const node of nodes) {
    const made = createNode(node, host);
    running.set(node.name, made);
    if (node.kind === 'source') continue;
    for (const parent of node.parents) running.get(parent)?.children.push(made);
  }
  return running;
}

const nothing = (): void => undefined;

function createNode(node: GraphNode, host: NodeHost): RuntimeNode {
  const children: RuntimeNode[] = [];
  switch (node.kind) {
    case 'source':
      return {
        name: node.name,
        children,
        init: nothing,
        process: (record) => forwardTo(children, node.name, record, host),
        close: nothing,
      };
    case 'sink':
      return {
        name: node.name,
        children,
        init: nothing,
        process: (record) => host.write(node, record),
        close: nothing,
      };
    case 'processor': {
      const processor: Processor = node.supplier();
      return {
        name: node.name,
        children,
        init: () => assertSynchronous(processor.init?.(new NodeContext(node, children, host))),
        process: (record) => {
          try {
            assertSynchronous(processor.process(record));
          } catch (error) {
            host.stepFailed(node.name, record, error);
          }
        },
        close: () => processor.close?.(),
      };
    }
  }
}

function forwardTo(
  children: readonly RuntimeNode[],
  parent: string,
  record: StreamRecord<unknown, unknown>,
  host: NodeHost,
): void {
  const before = host.recordTimestamp;
  host.recordTimestamp = record.timestamp;
  for (const child of children) {
    host.activeNode = child.name;
    child.process(record);
  }
  host.activeNode = parent;
  host.recordTimestamp = before;
}

class NodeContext implements EngineContext {
  readonly applicationId: string;
  readonly taskId: string;
  readonly partition: number;
  readonly #node: ProcessorNode;
  readonly #children: readonly RuntimeNode[];
  readonly #host: NodeHost;

  constructor(node: ProcessorNode, children: readonly RuntimeNode[], host: NodeHost) {
    this.applicationId = host.applicationId;
    this.taskId = host.taskId;
    this.partition = host.partition;
    this.#node = node;
    this.#children = children;
    this.#host = host;
  }

  forward(record: StreamRecord<unknown, unknown>, child?: string): void {
    if (child === undefined) {
      forwardTo(this.#children, this.#node.name, record, this.#host);
      return;
    }
    const chosen = this.#children.filter((each) => each.name === child);
    if (chosen.length === 0) {
      throw new TopologyError(`Step "${this.#node.name}" has no following step named "${child}".`);
    }
    forwardTo(chosen, this.#node.name, record, this.#host);
  }

  getStateStore<S extends StateStore>(name: string): S {
    const store = this.#host.storeOf(name);
    const allowed = this.#node.stores.has(name) || this.#host.isGlobalStore(name);
    if (store === undefined || !allowed) {
      throw new TopologyError(
        `Step "${this.#node.name}" is not connected to a store named "${name}"; list it in its "stores".`,
      );
    }
    return store as S;
  }

  schedule(intervalMs: number, type: PunctuationType, callback: Punctuator): Cancellable {
    if (!Number.isFinite(intervalMs) || intervalMs < 1) {
      throw new TopologyError(
        `Step "${this.#node.name}" schedules every ${intervalMs} ms; at least 1 is needed.`,
      );
    }
    const host = this.#host;
    return host.schedule(intervalMs, type, (timestamp) => {
      host.activeNode = this.#node.name;
      host.recordTimestamp = timestamp;
      try {
        assertSynchronous(callback(timestamp));
      } catch (error) {
        host.punctuationFailed(this.#node.name, timestamp, error);
      }
    });
  }

  currentStreamTimeMs(): number {
    return this.#host.streamTime();
  }

  currentSystemTimeMs(): number {
    return this.#host.systemTime();
  }

  recordMetadata(): RecordMetadata | null {
    return this.#host.metadata();
  }

  commit(): void {
    this.#host.requestCommit();
  }

  awaitBeforeCommit(work: Promise<unknown>): void {
    this.#host.awaitBeforeCommit(work);
  }

  recordDropped(reason: DropReason): void {
    this.#host.recordDropped(reason);
  }

  get emitIntervalMs(): number {
    return this.#host.emitIntervalMs;
  }

  processorMetadata(key: string): number | null {
    return this.#host.processorMetadata.get(key) ?? null;
  }

  setProcessorMetadata(key: string, value: number): void {
    this.#host.processorMetadata.set(key, value);
  }

  forwardAs(record: StreamRecord<unknown, unknown>, source: RecordMetadata | null): void {
    this.#host.pretend(source, () => this.forward(record));
  }
}
