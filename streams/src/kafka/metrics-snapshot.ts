import type { DropReason, PunctuationType } from '../processor.ts';
import type { HistogramFigures } from './histogram.ts';

/** Counts of one task since it was first seen here; they stay when the task moves away. */
export interface TaskFigures {
  readonly task: string;
  readonly processed: number;
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
  /** Errors that ended the instance, by kind. */
  readonly failed: Readonly<Partial<Record<DropReason, number>>>;
  readonly deadLetters: Readonly<Record<string, number>>;
  readonly punctuations: Readonly<Partial<Record<PunctuationType, number>>>;
  /** Records read back from changelogs, per store. */
  readonly restored: Readonly<Record<string, number>>;
}

/** Records written to one topic; changelogs and repartition topics are among them. */
export interface ProducedFigures {
  readonly topic: string;
  readonly records: number;
  /** As they went over the wire. */
  readonly bytes: number;
}

/** What the tasks that are here look like now. */
export interface InstanceGauges {
  readonly tasks: readonly string[];
  readonly lag: readonly LagFigures[];
  readonly stores: readonly StoreFigures[];
}

/** Records still to be processed in one source partition. */
export interface LagFigures {
  readonly task: string;
  readonly topic: string;
  readonly partition: number;
  readonly records: number;
}

/** One task's part of a store; a global table's task is `global`. */
export interface StoreFigures {
  readonly task: string;
  readonly store: string;
  /** Approximate. */
  readonly entries: number;
}

/** A store that is being restored. */
export interface RestoreFigures {
  readonly task: string;
  readonly store: string;
  /** Records of the changelog still to be read, by offsets. */
  readonly remaining: number;
}

/** Figures of an instance since it was made. */
export interface MetricsSnapshot {
  readonly recordsProcessed: number;
  readonly recordsRestored: number;
  readonly recordsDropped: Readonly<Partial<Record<DropReason, number>>>;
  readonly deadLetters: number;
  readonly commits: number;
  /** Total time spent committing, ms. */
  readonly commitTimeMs: number;
  readonly rebalances: number;
  /** Tasks that had to be given up and opened again. */
  readonly tasksMigrated: number;
  readonly tasks: number;
  /** Records still to be processed, per source partition (`topic-partition`). */
  readonly lag: Readonly<Record<string, number>>;
  readonly byTask: readonly TaskFigures[];
  readonly produced: readonly ProducedFigures[];
  readonly gauges: InstanceGauges;
  readonly restoring: readonly RestoreFigures[];
  /** Seconds a commit of the due tasks took. */
  readonly commitDuration: HistogramFigures;
  /** Seconds from a record's timestamp to its processing; the last record of each batch is looked at. */
  readonly latency: HistogramFigures;
  /** Time spent processing records, ms. */
  readonly processTimeMs: number;
}
