import { HashedByteMap } from '../internals/hashed-byte-map.ts';
import { type ByteRange, compareBytes, OrderedByteMap } from '../internals/ordered-byte-map.ts';

const ALL: ByteRange = { from: null, to: null, reverse: false };

type Write<T> = [key: Uint8Array, entry: T | null];

/**
 * Writes that wait for the disk, null for a deletion. They are found by hash; their order is made for
 * the first range that is read, and kept up to date until they are gone.
 */
export class PendingWrites<T> {
  readonly #writes = new HashedByteMap<T | null>();
  #order: OrderedByteMap<true> | null = null;

  /** Undefined: nothing waits for this key. */
  get(key: Uint8Array): T | null | undefined {
    return this.#writes.get(key);
  }

  /** True when nothing waited for this key before. Keys are copied. */
  set(key: Uint8Array, entry: T | null): boolean {
    const isNew = this.#writes.set(key, entry);
    if (isNew) this.#order?.set(Buffer.from(key), true);
    return isNew;
  }

  /** Writes of a range. The scan sees one consistent state: changes made meanwhile are not in it. */
  *entries(range: ByteRange): IterableIterator<Write<T>> {
    if (this.#writes.size === 0) return;
    this.#order ??= this.#sort();
    const found: Write<T>[] = [];
    for (const [key] of this.#order.entries(range)) {
      const entry = this.#writes.get(key);
      if (entry !== undefined) found.push([key, entry]);
    }
    yield* found;
  }

  /** All writes in the order of their keys. */
  sorted(): Write<T>[] {
    if (this.#order !== null) return [...this.entries(ALL)];
    return [...this.#writes.entries()].sort(([left], [right]) => compareBytes(left, right));
  }

  /** Gives up what waits for keys below this one; answers how many writes that were. */
  dropBelow(key: Uint8Array): number {
    const dropped = [...this.#writes.entries()].filter(([each]) => compareBytes(each, key) < 0);
    for (const [each] of dropped) {
      this.#writes.delete(each);
      this.#order?.delete(each);
    }
    return dropped.length;
  }

  clear(): void {
    this.#writes.clear();
    this.#order = null;
  }

  #sort(): OrderedByteMap<true> {
    const order = new OrderedByteMap<true>();
    for (const [key] of this.sorted()) order.set(key, true);
    return order;
  }
}
