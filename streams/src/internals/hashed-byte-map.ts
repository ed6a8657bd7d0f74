import { murmur2 } from '../partitioner.ts';

const FIRST_CAPACITY = 16;
/** Words of an entry's place: hash, start and length of its key. */
const PLACE = 3;
/** Keys all of one partition share the low bits of their hash; this spreads them (2^32 / golden ratio). */
const SPREAD = 0x9e3779b1;

/**
 * A map from bytes to values, without order. An open-addressing table over keys that lie side by side
 * in one buffer: a lookup costs a hash and few memory accesses, whatever the size, and a key costs no
 * object. Keys are copied.
 */
export class HashedByteMap<T> {
  #slots = new Int32Array(FIRST_CAPACITY * 2);
  #shift = 32 - Math.log2(FIRST_CAPACITY * 2);
  #places = new Uint32Array(FIRST_CAPACITY * PLACE);
  #values: (T | undefined)[] = [undefined];
  #free: number[] = [];
  #keys = new Uint8Array(1024);
  #keysEnd = 0;
  #keysUnused = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(key: Uint8Array): T | undefined {
    return this.#values[this.#slots[this.#find(key, murmur2(key) >>> 0)] ?? 0];
  }

  /** True when the key was not there before. */
  set(key: Uint8Array, value: T): boolean {
    const hash = murmur2(key) >>> 0;
    let slot = this.#find(key, hash);
    const known = this.#slots[slot] ?? 0;
    if (known !== 0) {
      this.#values[known] = value;
      return false;
    }
    if ((this.#size + 2) * 2 > this.#slots.length) {
      this.#grow();
      slot = this.#find(key, hash);
    }
    const entry = this.#free.pop() ?? this.#values.length;
    this.#values[entry] = value;
    this.#slots[slot] = entry;
    const place = entry * PLACE;
    this.#places[place] = hash;
    this.#places[place + 1] = this.#keep(key);
    this.#places[place + 2] = key.length;
    this.#size += 1;
    return true;
  }

  delete(key: Uint8Array): boolean {
    const slot = this.#find(key, murmur2(key) >>> 0);
    const entry = this.#slots[slot] ?? 0;
    if (entry === 0) return false;
    this.#closeGap(slot);
    this.#values[entry] = undefined;
    this.#free.push(entry);
    this.#keysUnused += this.#places[entry * PLACE + 2] ?? 0;
    this.#size -= 1;
    if (this.#size === 0) this.clear();
    return true;
  }

  clear(): void {
    this.#slots = new Int32Array(FIRST_CAPACITY * 2);
    this.#shift = 32 - Math.log2(FIRST_CAPACITY * 2);
    this.#places = new Uint32Array(FIRST_CAPACITY * PLACE);
    this.#values = [undefined];
    this.#free = [];
    this.#keys = new Uint8Array(1024);
    this.#keysEnd = 0;
    this.#keysUnused = 0;
    this.#size = 0;
  }

  /** All entries, in no order; the keys are copies. The map must not change meanwhile. */
  *entries(): IterableIterator<[Uint8Array, T]> {
    for (const entry of this.#slots) {
      const value = this.#values[entry];
      if (entry === 0 || value === undefined) continue;
      const start = this.#places[entry * PLACE + 1] ?? 0;
      const length = this.#places[entry * PLACE + 2] ?? 0;
      yield [Buffer.from(this.#keys.subarray(start, start + length)), value];
    }
  }

  /** The slot that holds the key's entry, or the empty one where it belongs. */
  #find(key: Uint8Array, hash: number): number {
    const slots = this.#slots;
    const places = this.#places;
    const last = slots.length - 1;
    let slot = Math.imul(hash, SPREAD) >>> this.#shift;
    for (;;) {
      const entry = slots[slot] ?? 0;
      if (entry === 0) return slot;
      const place = entry * PLACE;
      if (
        places[place] === hash &&
        places[place + 2] === key.length &&
        hasBytes(this.#keys, places[place + 1] ?? 0, key)
      ) {
        return slot;
      }
      slot = (slot + 1) & last;
    }
  }

  /** Empties a slot and moves back what could not have its own slot because of it. */
  #closeGap(slot: number): void {
    const slots = this.#slots;
    const last = slots.length - 1;
    let gap = slot;
    for (let next = (gap + 1) & last; ; next = (next + 1) & last) {
      const entry = slots[next] ?? 0;
      if (entry === 0) break;
      const home = Math.imul(this.#places[entry * PLACE] ?? 0, SPREAD) >>> this.#shift;
      if (((next - home) & last) < ((next - gap) & last)) continue;
      slots[gap] = entry;
      gap = next;
    }
    slots[gap] = 0;
  }

  #grow(): void {
    const old = this.#slots;
    const slots = new Int32Array(old.length * 2);
    const places = new Uint32Array(old.length * PLACE);
    places.set(this.#places);
    this.#places = places;
    this.#slots = slots;
    this.#shift -= 1;
    const last = slots.length - 1;
    for (const entry of old) {
      if (entry === 0) continue;
      let slot = Math.imul(places[entry * PLACE] ?? 0, SPREAD) >>> this.#shift;
      while (slots[slot] !== 0) slot = (slot + 1) & last;
      slots[slot] = entry;
    }
  }

  /** Copies the key behind the others and answers where it begins. */
  #keep(key: Uint8Array): number {
    if (this.#keysEnd + key.length > this.#keys.length) this.#makeRoom(key.length);
    const start = this.#keysEnd;
    const keys = this.#keys;
    for (let index = 0; index < key.length; index += 1) keys[start + index] = key[index] ?? 0;
    this.#keysEnd += key.length;
    return start;
  }

  /** Moves the keys that are in use into a buffer with room for as many again. */
  #makeRoom(length: number): void {
    const old = this.#keys;
    const keys = new Uint8Array((this.#keysEnd - this.#keysUnused + length) * 2);
    let end = 0;
    for (const entry of this.#slots) {
      if (entry === 0) continue;
      const start = this.#places[entry * PLACE + 1] ?? 0;
      const size = this.#places[entry * PLACE + 2] ?? 0;
      keys.set(old.subarray(start, start + size), end);
      this.#places[entry * PLACE + 1] = end;
      end += size;
    }
    this.#keys = keys;
    this.#keysEnd = end;
    this.#keysUnused = 0;
  }
}

function hasBytes(bytes: Uint8Array, start: number, key: Uint8Array): boolean {
  for (let index = 0; index < key.length; index += 1) {
    if (bytes[start + index] !== key[index]) return false;
  }
  return true;
}
