import type { Headers } from '../record.ts';

/** A record a task wants written. */
export interface ProducedRecord {
  readonly topic: string;
  /** Null when the record has no key: the driver chooses. */
  readonly partition: number | null;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly timestamp: number;
  readonly headers: Headers;
  /** Told when the log refuses the record for good: returns to drop it, throws to fail. Absent: fail. */
  readonly onRefused?: (error: unknown) => void;
}

/** Takes what a task writes: to sinks, repartition topics and changelogs. Must not fail or block. */
export interface RecordCollector {
  send(record: ProducedRecord): void;
  /** Partitions of a topic the task may write to. */
  partitionCount(topic: string): number;
}
