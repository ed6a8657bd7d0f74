const CHUNK_LIMIT = 512;

interface Chunk<T> {
  keys: Uint8Array[];
  values: T[];
}

/** Bounds of a scan; both inclusive, null is open. */
export interface ByteRange {
  readonly from: Uint8Array | null;
  readonly to: Uint8Array | null;
  readonly reverse: boolean;
}

/**
 * A map from bytes to values, ordered by unsigned bytes as RocksDB orders keys. Sorted chunks:
 * lookups are two binary searches, inserts move at most one chunk.
 */
export class OrderedByteMap<T> {
  #chunks: Chunk<T>[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The lowest key. */
  firstKey(): Uint8Array | undefined {
    return this.#chunks[0]?.keys[0];
  }

  get(key: Uint8Array): T | undefined {
    const chunk = this.#chunks[this.#chunkIndex(key)];
    if (chunk === undefined) return undefined;
    const index = lowerBound(chunk.keys, key);
    const found = chunk.keys[index];
    return found !== undefined && compareBytes(found, key) === 0 ? chunk.values[index] : undefined;
  }

  set(key: Uint8Array, value: T): void {
    const at = this.#chunkIndex(key);
    const chunk = this.#chunks[at];
    if (chunk === undefined) {
      this.#chunks.push({ keys: [key], values: [value] });
      this.#size = 1;
      return;
    }
    const index = lowerBound(chunk.keys, key);
    const found = chunk.keys[index];
    if (found !== undefined && compareBytes(found, key) === 0) {
      chunk.values[index] = value;
      return;
    }
    chunk.keys.splice(index, 0, key);
    chunk.values.splice(index, 0, value);
    this.#size += 1;
    if (chunk.keys.length > CHUNK_LIMIT) this.#split(at, chunk, index);
  }

  delete(key: Uint8Array): boolean {
    const at = this.#chunkIndex(key);
    const chunk = this.#chunks[at];
    if (chunk === undefined) return false;
    const index = lowerBound(chunk.keys, key);
    const found = chunk.keys[index];
    if (found === undefined || compareBytes(found, key) !== 0) return false;
    chunk.keys.splice(index, 1);
    chunk.values.splice(index, 1);
    if (chunk.keys.length === 0) this.#chunks.splice(at, 1);
    this.#size -= 1;
    return true;
  }

  clear(): void {
    this.#chunks = [];
    this.#size = 0;
  }

  /** Entries of a range. The scan sees one consistent state: changes made meanwhile are not in it. */
  *entries(range: ByteRange): IterableIterator<[Uint8Array, T]> {
    const found: [Uint8Array, T][] = [];
    const first = range.from === null ? 0 : this.#chunkIndex(range.from);
    for (let at = first; at < this.#chunks.length; at += 1) {
      const chunk = this.#chunks[at];
      if (chunk === undefined) break;
      const start = range.from === null || at > first ? 0 : lowerBound(chunk.keys, range.from);
      let passed = false;
      for (let index = start; index < chunk.keys.length; index += 1) {
        const key = chunk.keys[index];
        const value = chunk.values[index];
        if (key === undefined || value === undefined) continue;
        passed = range.to !== null && compareBytes(key, range.to) > 0;
        if (passed) break;
        found.push([key, value]);
      }
      if (passed) break;
    }
    if (range.reverse) found.reverse();
    yield* found;
  }

  /** The chunk a key is in or belongs into: the last one whose first key is not above it. */
  #chunkIndex(key: Uint8Array): number {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      const head = this.#chunks[middle]?.keys[0];
      if (head !== undefined && compareBytes(head, key) <= 0) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Appending leaves full chunks behind; other inserts split in the middle. */
  #split(at: number, chunk: Chunk<T>, inserted: number): void {
    const middle = inserted === chunk.keys.length - 1 ? inserted : chunk.keys.length >>> 1;
    this.#chunks.splice(at + 1, 0, { keys: chunk.keys.splice(middle), values: chunk.values.splice(middle) });
  }
}

export function compareBytes(left: Uint8Array, right: Uint8Array): number {
  return Buffer.compare(left, right);
}

function lowerBound(keys: readonly Uint8Array[], key: Uint8Array): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const candidate = keys[middle];
    if (candidate !== undefined && compareBytes(candidate, key) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
