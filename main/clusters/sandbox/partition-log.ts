import type { ClusterRecord } from '../cluster-port.ts';

/** A record about to be appended; its offset is the log's to give. */
export type AppendedRecord = Omit<ClusterRecord, 'partition' | 'offset'>;

/**
 * One partition in memory. Offsets are never reused; compaction and trimming leave gaps and move the start, as
 * they do on a broker.
 */
export class PartitionLog {
  readonly partition: number;
  #records: ClusterRecord[] = [];
  #start = 0;
  #end = 0;

  constructor(partition: number) {
    this.partition = partition;
  }

  get startOffset(): number {
    return this.#start;
  }

  /** The offset the next record gets. */
  get endOffset(): number {
    return this.#end;
  }

  /** Records held now; less than `endOffset - startOffset` after compaction. */
  get size(): number {
    return this.#records.length;
  }

  append(record: AppendedRecord): number {
    const offset = this.#end;
    this.#records.push({ ...record, partition: this.partition, offset });
    this.#end += 1;
    return offset;
  }

  /** Up to `limit` records from `offset` on; from the start when `offset` lies below it. */
  read(offset: number, limit: number): readonly ClusterRecord[] {
    const from = this.#indexOf(offset);
    return this.#records.slice(from, from + limit);
  }

  /** The first offset whose record is at `timestamp` or later; null when there is none. */
  offsetForTime(timestamp: number): number | null {
    return this.#records.find((record) => record.timestamp >= timestamp)?.offset ?? null;
  }

  /** Drops all records below `offset`; the start moves there. */
  trim(offset: number): void {
    const to = Math.min(offset, this.#end);
    if (to <= this.#start) return;
    this.#records.splice(0, this.#indexOf(to));
    this.#start = to;
  }

  /** Keeps the newest record of each key. Tombstones of long ago go with the values they deleted. */
  compact(): void {
    const latest = new Map<string, number>();
    for (const record of this.#records) {
      if (record.key !== null) latest.set(keyText(record.key), record.offset);
    }
    this.#records = this.#records.filter(
      (record) =>
        record.key !== null && latest.get(keyText(record.key)) === record.offset && record.value !== null,
    );
  }

  #indexOf(offset: number): number {
    let low = 0;
    let high = this.#records.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#records[middle]?.offset ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function keyText(key: Uint8Array): string {
  return Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString('latin1');
}
