import { SerializationError } from '../errors.ts';
import { type ByteRange, compareBytes, OrderedByteMap } from '../internals/ordered-byte-map.ts';
import { type LmdbTable, MAX_KEY_BYTES } from './lmdb.ts';

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
  /** Null: deleted. */
  readonly #pending = new OrderedByteMap<T | null>();

  constructor(name: string, database: LmdbTable, codec: EntryCodec<T>, owner: TableOwner) {
    this.#name = name;
    this.#database = database;
    this.#codec = codec;
    this.#owner = owner;
  }

  get(key: Uint8Array): T | undefined {
    this.#owner.assertOpen();
    const pending = this.#pending.get(key);
    if (pending !== undefined) return pending ?? undefined;
    const bytes = key.length > MAX_KEY_BYTES ? undefined : this.#database.getBinary(key);
    return bytes === undefined ? undefined : this.#codec.decode(bytes);
  }

  put(key: Uint8Array, entry: T | null): void {
    this.#owner.assertOpen();
    if (key.length > MAX_KEY_BYTES) {
      throw new SerializationError(
        `A key of the store "${this.#name}" takes ${key.length} bytes on disk, but at most ${MAX_KEY_BYTES} ` +
          'are possible; keep this store in memory (inMemory: true).',
      );
    }
    const { size } = this.#pending;
    this.#pending.set(key, entry);
    const bytes = key.length + (entry === null ? 0 : this.#codec.sizeOf(entry));
    this.#owner.wrote(bytes, this.#pending.size > size);
  }

  /** Entries of a range. The scan sees one consistent state: changes made meanwhile are not in it. */
  *range(range: ByteRange): IterableIterator<Entry<T>> {
    this.#owner.assertOpen();
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
      if (!replaced) yield [key, this.#codec.decode(value)];
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
    for (const found of [...this.#database.getKeys({ end: key })]) this.put(found, null);
    for (const [found, entry] of this.#pending.entries({ from: null, to: key, reverse: false })) {
      if (entry !== null && compareBytes(found, key) < 0) this.put(found, null);
    }
  }

  /** Within a transaction of the environment. */
  flushPending(): void {
    for (const [key, entry] of this.#pending.entries({ from: null, to: null, reverse: false })) {
      if (entry === null) this.#database.removeSync(key);
      else this.#database.putSync(key, this.#codec.encode(entry));
    }
    this.#pending.clear();
  }
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
