import type { RecordMetadata, StreamRecord } from './record.ts';
import type { StateStore } from './state-stores.ts';

/**
 * When a punctuation fires: `stream-time` follows the timestamps of the records, so it stands still
 * without input; `wall-clock-time` follows the clock.
 */
export type PunctuationType = 'stream-time' | 'wall-clock-time';

/** Called with the stream time or wall-clock time (ms) at which it fires. */
export type Punctuator = (timestamp: number) => void;

/** A scheduled punctuation. */
export interface Cancellable {
  cancel(): void;
}

/** What a processor may do besides looking at its record. One per processor and task. */
export interface ProcessorContext<KOut = unknown, VOut = unknown> {
  readonly applicationId: string;
  /** `<subtopology>_<partition>`, as Kafka Streams writes it. */
  readonly taskId: string;
  readonly partition: number;
  /** Hands a record to every child, or only to the child with this name. */
  forward(record: StreamRecord<KOut, VOut>, child?: string): void;
  /** A store this processor was connected to; throws `TopologyError` otherwise. */
  getStateStore<S extends StateStore>(name: string): S;
  schedule(intervalMs: number, type: PunctuationType, callback: Punctuator): Cancellable;
  /** The highest record timestamp this task has seen, or -1 before the first record. */
  currentStreamTimeMs(): number;
  currentSystemTimeMs(): number;
  /** The record being processed; null inside a punctuation. */
  recordMetadata(): RecordMetadata | null;
  /** Asks for a commit soon; it happens after the current record. */
  commit(): void;
  /** The next commit of this task waits for `work`; its failure is the step's, as if it had thrown. */
  awaitBeforeCommit(work: Promise<unknown>): void;
  /** Counts a record that was dropped, by reason, in the metrics. */
  recordDropped(reason: DropReason): void;
}

/** Why a record was dropped instead of processed. */
export type DropReason =
  | 'null-key'
  | 'null-value'
  | 'late'
  | 'out-of-order'
  | 'stale-answer'
  | 'negative-timestamp'
  | 'expired'
  | 'deserialization-error'
  | 'processing-error'
  | 'production-error';

/** One step of a topology with its own state. Made once per task. */
export interface Processor<KIn = unknown, VIn = unknown, KOut = unknown, VOut = unknown> {
  init?(context: ProcessorContext<KOut, VOut>): void;
  process(record: StreamRecord<KIn, VIn>): void;
  close?(): void;
}

/** Makes new values for a table's rows, with state; see `KTable#transformValues`. Made once per task. */
export interface ValueTransformer<K, V, V2> {
  /** The context cannot forward records here. */
  init?(context: ProcessorContext<never, never>): void;
  /** The new value, or null for no row. `value` is null when the row was deleted or never was there. */
  transform(key: K, value: V | null): V2 | null;
  close?(): void;
}

/** Makes a new processor for each task; never hand out the same object twice. */
export type ProcessorSupplier<KIn = unknown, VIn = unknown, KOut = unknown, VOut = unknown> = () => Processor<
  KIn,
  VIn,
  KOut,
  VOut
>;
