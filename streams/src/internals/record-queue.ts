import type { TimestampExtractor } from '../dsl-options.ts';
import { ProcessingError } from '../errors.ts';
import type { DropReason } from '../processor.ts';
import type { LogRecord } from '../record.ts';
import type { Serde } from '../serdes.ts';

/** A record that is read and ready: the head of its queue. */
export interface QueuedRecord {
  readonly log: LogRecord;
  readonly key: unknown;
  readonly value: unknown;
  readonly timestamp: number;
}

/** How the records of one source partition are read. */
export interface RecordReader {
  readonly key: Serde<unknown>;
  readonly value: Serde<unknown>;
  readonly timestampExtractor: TimestampExtractor | null;
  /** Told of a record whose bytes cannot be read; returns to drop it. */
  readonly unreadable: (record: LogRecord, error: unknown) => void;
  readonly dropped: (reason: DropReason) => void;
}

/** Records of one partition that wait for their task. The head is already deserialized. */
export class RecordQueue {
  readonly topic: string;
  readonly partition: number;
  readonly #reader: RecordReader;
  #records: readonly LogRecord[] = [];
  #next = 0;
  #head: QueuedRecord | null = null;
  /** Highest timestamp seen in this partition; -1 before the first record. */
  partitionTime = -1;

  constructor(topic: string, partition: number, reader: RecordReader) {
    this.topic = topic;
    this.partition = partition;
    this.#reader = reader;
  }

  /** Records that wait, the head included. */
  get size(): number {
    return this.#records.length - this.#next + (this.#head === null ? 0 : 1);
  }

  add(records: readonly LogRecord[]): void {
    this.#records =
      this.#next < this.#records.length ? [...this.#records.slice(this.#next), ...records] : records;
    this.#next = 0;
  }

  /** Offset of the next record, read or not; null when none waits. */
  get nextOffset(): number | null {
    return (this.#head?.log ?? this.#records[this.#next])?.offset ?? null;
  }

  head(): QueuedRecord | null {
    while (this.#head === null && this.#next < this.#records.length) {
      const record = this.#records[this.#next];
      this.#next += 1;
      if (record !== undefined) this.#head = this.#read(record);
    }
    return this.#head;
  }

  poll(): QueuedRecord | null {
    const head = this.head();
    this.#head = null;
    if (head !== null && head.timestamp > this.partitionTime) this.partitionTime = head.timestamp;
    return head;
  }

  #read(log: LogRecord): QueuedRecord | null {
    const reader = this.#reader;
    let key: unknown;
    let value: unknown;
    try {
      key = log.key === null ? null : reader.key.deserialize(log.key);
      value = log.value === null ? null : reader.value.deserialize(log.value);
    } catch (cause) {
      reader.unreadable(log, cause);
      return null;
    }
    const timestamp = this.#timestampOf(log, key, value);
    if (timestamp < 0) {
      reader.dropped('negative-timestamp');
      return null;
    }
    return { log, key, value, timestamp };
  }

  #timestampOf(log: LogRecord, key: unknown, value: unknown): number {
    try {
      return this.#reader.timestampExtractor?.(log, this.partitionTime, { key, value }) ?? log.timestamp;
    } catch (cause) {
      throw new ProcessingError(
        `The timestamp extractor failed at ${log.topic}-${log.partition} offset ${log.offset}: ${messageOf(cause)}`,
        { cause },
      );
    }
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
