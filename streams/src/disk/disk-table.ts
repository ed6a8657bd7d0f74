import { SerializationError } from '../errors.ts';
import { type ByteRange, compareBytes } from '../internals/ordered-byte-map.ts';
import { type LmdbTable, MAX_KEY_BYTES } from './lmdb.ts';
import { PendingWrites } from './pending-writes.ts';

/** How entries become bytes on disk. */
export interface EntryCodec<T> {
  encode(entry: T): Uint8Array;
  decode(bytes: Buffer): T;
  /** About how many bytes an entry takes in memory. */
  sizeOf(entry: T): number;
}

/** What a table needs from its environment. */
export interface TableOwner {
  /** A write of about this size waits now; `isNew`: of a key that did not wait yet. */
  wrote(bytes: number, isNew: boolean): void;
  /** So many waiting writes were given up. */
  dropped(entries: number): void;
  /** Applies all waiting writes. */
  flush(): void;
  /** Throws `InvalidStateStoreError` when the files are closed: LMDB itself would not survive that. */
  assertOpen(): void;
}

type Entry<T> = readonly [Uint8Array, T];

/** A table on disk, ordered by key, with the writes that still wait laid over it. */
export class DiskTable<T> {
  readonly #name: string;
  readonly #database: LmdbTable;
  readonly #codec: EntryCodec<T>;
  readonly #owner: TableOwner;
  readonly #pending = new PendingWrites<T>();
  /** What is on disk below this key is deleted with the next flush, and not seen until then. */
  #floor: Uint8Array | null = null;
  #flushes = 0;

  constructor(name: string, database: LmdbTable, codec: EntryCodec<T>, owner: TableOwner) {
    this.#name = name;
    this.#database = database;
    this.#codec = codec;
    this.#owner = owner;
  }

  /** How often waiting writes went to the disk: until it changes, nothing new is there. */
  get flushes(): number {
    return this.#flushes;
  }

  get(key: Uint8Array): T | undefined {
    this.#owner.assertOpen();
    const pending = this.#pending.get(key);
    if (pending !== undefined) return pending ?? undefined;
    if (key.length > MAX_KEY_BYTES || below(key, this.#floor)) return undefined;
    const bytes = this.#database.getBinary(key);
    return bytes === undefined ? undefined : this.#codec.decode(bytes);
  }

  /** As `get`, of a key that is known not to be on disk. */
  getWaiting(key: Uint8Array): T | undefined {
    this.#owner.assertOpen();
    return this.#pending.get(key) ?? undefined;
  }

  put(key: Uint8Array, entry: T | null): void {
    this.#owner.assertOpen();
    if (key.length > MAX_KEY_BYTES) {
      throw new SerializationError(
        `A key of the store "${this.#name}" takes ${key.length} bytes on disk, but at most ${MAX_KEY_BYTES} ` +
          'are possible; keep this store in memory (inMemory: true).',
      );
    }
    const isNew = this.#pending.set(key, entry);
    const bytes = key.length + (entry === null ? 0 : this.#codec.sizeOf(entry));
    this.#owner.wrote(bytes, isNew);
  }

  /** Entries of a range. The scan sees one consistent state: changes made meanwhile are not in it. */
  *range(range: ByteRange): IterableIterator<Entry<T>> {
    this.#owner.assertOpen();
    const floor = this.#floor;
    const pending = this.#pending.entries(range);
    const sign = range.reverse ? -1 : 1;
    let next = pending.next();
    for (const { key, value } of this.#database.getRange(toBounds(range))) {
      let replaced = false;
      while (next.done !== true) {
        const order = compareBytes(next.value[0], key) * sign;
        if (order > 0) break;
        replaced = order === 0;
        const [pendingKey, entry] = next.value;
        next = pending.next();
        if (entry !== null) yield [pendingKey, entry];
        if (replaced) break;
      }
      if (!replaced && !below(key, floor)) yield [key, this.#codec.decode(value)];
      this.#owner.assertOpen();
    }
    for (; next.done !== true; next = pending.next()) {
      const [key, entry] = next.value;
      if (entry !== null) yield [key, entry];
    }
  }

  /** Exact; applies waiting writes first. */
  count(): number {
    this.#owner.assertOpen();
    this.#owner.flush();
    return this.#database.getStats().entryCount;
  }

  /** Deletes every key below this one, waiting or not. */
  deleteBelow(key: Uint8Array): void {
    this.#owner.assertOpen();
    this.#owner.dropped(this.#pending.dropBelow(key));
    if (below(key, this.#floor)) return;
    this.#floor = key;
    this.#owner.wrote(key.length, true);
  }

  /** Within a transaction of the environment. */
  flushPending(): void {
    if (this.#floor !== null) {
      for (const key of [...this.#database.getKeys({ end: this.#floor })]) this.#database.removeSync(key);
      this.#floor = null;
    }
    for (const [key, entry] of this.#pending.sorted()) {
      if (entry === null) this.#database.removeSync(key);
      else this.#database.putSync(key, this.#codec.encode(entry));
    }
    this.#pending.clear();
    this.#flushes += 1;
  }
}

function below(key: Uint8Array, floor: Uint8Array | null): boolean {
  return floor !== null && compareBytes(key, floor) < 0;
}

function toBounds({ from, to, reverse }: ByteRange) {
  const [start, end] = reverse ? [to, from] : [from, to];
  return {
    ...(start === null ? {} : { start }),
    ...(end === null ? {} : { end }),
    inclusiveEnd: true,
    reverse,
  };
}
