import type { BatchRecord } from './encode-batch.ts';

const BATCH_BYTES = 768 * 1024;
const RECORD_OVERHEAD = 24;

/** A record for a certain partition. */
export interface PlacedRecord extends BatchRecord {
  readonly topic: string;
  readonly partition: number;
  /** Told when the broker refuses the record: returns to drop it, throws to fail. Absent: fail. */
  readonly onRefused?: (error: unknown) => void;
}

/** Records that become one batch. */
export interface TakenRecords {
  /** Of the partition: topic, zero byte and number. */
  readonly key: string;
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly PlacedRecord[];
}

interface Pending {
  readonly key: string;
  readonly topic: string;
  readonly partition: number;
  records: PlacedRecord[];
  bytes: number;
}

/** Records that wait to be sent, by partition. */
export class PendingRecords {
  /** By topic and partition, so that no key is made for each record. */
  readonly #partitions = new Map<string, (Pending | undefined)[]>();
  /** Those with records, in the order in which they got their first. */
  #filled: Pending[] = [];
  #bytes = 0;

  /** Bytes of all records, about. */
  get bytes(): number {
    return this.#bytes;
  }

  get isEmpty(): boolean {
    return this.#filled.length === 0;
  }

  append(record: PlacedRecord): void {
    const pending =
      this.#partitions.get(record.topic)?.[record.partition] ?? this.#create(record.topic, record.partition);
    if (pending.records.length === 0) this.#filled.push(pending);
    pending.records.push(record);
    this.#count(pending, recordBytes(record));
  }

  /** At most one batch per partition, of at most as many records as `limit` says; the rest stays. */
  take(limit: (key: string) => number | undefined): TakenRecords[] {
    const filled = this.#filled;
    this.#filled = [];
    return filled.map((pending) => {
      const { key, topic, partition, records } = pending;
      const most = limit(key) ?? records.length;
      const count =
        pending.bytes <= BATCH_BYTES ? Math.min(records.length, most) : countFitting(records, most);
      this.#count(pending, -pending.bytes);
      pending.records = records.slice(count);
      for (const record of pending.records) this.#count(pending, recordBytes(record));
      if (pending.records.length > 0) this.#filled.push(pending);
      return { key, topic, partition, records: count === records.length ? records : records.slice(0, count) };
    });
  }

  /** Puts records back before those that came after them. */
  putBack({ topic, partition, records }: TakenRecords): void {
    const pending = this.#partitions.get(topic)?.[partition] ?? this.#create(topic, partition);
    if (pending.records.length === 0) this.#filled.push(pending);
    pending.records = [...records, ...pending.records];
    for (const record of records) this.#count(pending, recordBytes(record));
  }

  clear(): void {
    this.#partitions.clear();
    this.#filled = [];
    this.#bytes = 0;
  }

  #create(topic: string, partition: number): Pending {
    const pending = { key: `${topic}\u0000${partition}`, topic, partition, records: [], bytes: 0 };
    const partitions = this.#partitions.get(topic) ?? [];
    partitions[partition] = pending;
    this.#partitions.set(topic, partitions);
    return pending;
  }

  #count(pending: Pending, bytes: number): void {
    pending.bytes += bytes;
    this.#bytes += bytes;
  }
}

/** How many records fit into one batch; always at least one. */
function countFitting(records: readonly BatchRecord[], most: number): number {
  let bytes = 0;
  for (let count = 0; count < Math.min(records.length, most); count += 1) {
    const record = records[count];
    if (record !== undefined) bytes += recordBytes(record);
    if (bytes > BATCH_BYTES && count > 0) return count;
  }
  return Math.min(records.length, most);
}

function recordBytes(record: BatchRecord): number {
  return (record.key?.length ?? 0) + (record.value?.length ?? 0) + RECORD_OVERHEAD;
}
