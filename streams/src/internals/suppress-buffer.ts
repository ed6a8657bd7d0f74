import type { Headers } from '../record.ts';
import type { Serde } from '../serdes.ts';
import type { StateStore } from '../state-stores.ts';
import type { SuppressBufferBuilder } from '../store-builder.ts';
import { type BufferedValue, bufferedSize, decodeBuffered, encodeBuffered } from './buffered-value.ts';
import type { KeyValueBytesStore } from './bytes-store.ts';
import type { Change } from './change.ts';
import { HashOrderedKeys } from './hash-order.ts';
import { OrderedByteMap } from './ordered-byte-map.ts';
import type { StoreHandle, StoreOwner } from './store-handle.ts';
import { timeBytes } from './window-close.ts';

const VERSION_3: Headers = [{ key: 'v', value: Buffer.from([3]) }];

/** A row that left the buffer. */
export interface Evicted {
  readonly key: unknown;
  readonly change: Change<unknown>;
  readonly value: BufferedValue;
}

/**
 * Rows that wait, by the time they are due and their keys (Kafka Streams:
 * `InMemoryTimeOrderedKeyValueChangeBuffer`). They are kept as their changelog has them; changes are
 * written to it at commits only. The order lives in memory and is made anew after a restart.
 */
export class SuppressBuffer implements StateStore {
  readonly name: string;
  readonly #key: Serde<unknown>;
  readonly #value: Serde<unknown>;
  readonly #bytes: KeyValueBytesStore;
  readonly #owner: StoreOwner;
  readonly #order = new OrderedByteMap<Uint8Array>();
  readonly #changed = new HashOrderedKeys();
  #loaded = false;
  #size = 0;

  constructor(builder: SuppressBufferBuilder, bytes: KeyValueBytesStore, owner: StoreOwner) {
    this.name = builder.name;
    this.#key = builder.key;
    this.#value = builder.value;
    this.#bytes = bytes;
    this.#owner = owner;
  }

  /** How many rows wait. */
  get count(): number {
    this.#load();
    return this.#order.size;
  }

  /** Their estimated size in bytes. */
  get size(): number {
    this.#load();
    return this.#size;
  }

  /** When the first row is due; infinite when none waits. */
  get firstDue(): number {
    this.#load();
    const first = this.#order.firstKey();
    return first === undefined ? Number.POSITIVE_INFINITY : timeOf(first);
  }

  /** Keeps a row. One that waits already is replaced and keeps its place. */
  put(
    time: number,
    key: unknown,
    { newValue, oldValue }: Change<unknown>,
    context: Pick<BufferedValue, 'timestamp' | 'headers' | 'source'>,
  ): void {
    this.#load();
    const keyBytes = this.#key.serialize(key);
    const waiting = this.#waiting(keyBytes);
    const old = this.#serialize(oldValue);
    const value: BufferedValue = {
      ...context,
      time: waiting?.time ?? time,
      prior: waiting === null ? old : waiting.prior,
      old,
      new: this.#serialize(newValue),
    };
    if (waiting !== null) this.#size -= bufferedSize(keyBytes, waiting);
    this.#add(keyBytes, value);
    this.#bytes.put(keyBytes, { value: encodeBuffered(value), timestamp: -1 });
    this.#markChanged(keyBytes);
  }

  /** Takes rows out, the first due first, while `due` holds. */
  evictWhile(due: () => boolean, take: (evicted: Evicted) => void): void {
    for (let place = this.#order.firstKey(); place !== undefined && due(); place = this.#order.firstKey()) {
      const keyBytes = place.subarray(8);
      const value = this.#waiting(keyBytes);
      if (value === null) throw new TypeError(`The buffer "${this.name}" lost a row.`);
      const newValue = this.#deserialize(value.new);
      const oldValue = this.#deserialize(value.old);
      take({ key: this.#key.deserialize(keyBytes), change: { newValue, oldValue }, value });
      this.#order.delete(place);
      this.#size -= bufferedSize(keyBytes, value);
      this.#bytes.put(keyBytes, null);
      this.#markChanged(keyBytes);
    }
  }

  /** The value before the buffered updates of a key; undefined when none are buffered. */
  priorValue(key: unknown): unknown {
    const waiting = this.#waiting(this.#key.serialize(key));
    return waiting === null ? undefined : this.#deserialize(waiting.prior);
  }

  restore(key: Uint8Array, value: Uint8Array | null): void {
    this.#loaded = false;
    this.#bytes.put(key, value === null ? null : { value, timestamp: -1 });
  }

  /** Writes the rows that changed since the last commit to the changelog. */
  flush(): void {
    for (const key of this.#changed.take()) {
      const value = this.#bytes.get(key)?.value ?? null;
      this.#owner.log?.(key, value, this.#owner.now(), value === null ? undefined : VERSION_3);
    }
  }

  #load(): void {
    if (this.#loaded) return;
    this.#loaded = true;
    this.#order.clear();
    this.#size = 0;
    for (const [key, { value }] of this.#bytes.range({ from: null, to: null, reverse: false })) {
      this.#add(key, decodeBuffered(value));
    }
  }

  #add(key: Uint8Array, value: BufferedValue): void {
    this.#order.set(Buffer.concat([timeBytes(value.time), key]), key);
    this.#size += bufferedSize(key, value);
  }

  #waiting(key: Uint8Array): BufferedValue | null {
    const entry = this.#bytes.get(key);
    return entry === undefined ? null : decodeBuffered(entry.value);
  }

  #markChanged(key: Uint8Array): void {
    if (this.#owner.log !== null) this.#changed.add(key);
  }

  #serialize(value: unknown): Uint8Array | null {
    return value === null ? null : this.#value.serialize(value);
  }

  #deserialize(bytes: Uint8Array | null): unknown {
    return bytes === null ? null : this.#value.deserialize(bytes);
  }
}

function timeOf(place: Uint8Array): number {
  return Number(new DataView(place.buffer, place.byteOffset, 8).getBigInt64(0));
}

export function createSuppressBuffer(
  builder: SuppressBufferBuilder,
  bytes: KeyValueBytesStore,
  owner: StoreOwner,
): StoreHandle {
  const buffer = new SuppressBuffer(builder, bytes, owner);
  return {
    name: builder.name,
    builder,
    store: buffer,
    bytes,
    restore: (key, value) => buffer.restore(key, value),
    flush: () => buffer.flush(),
    // Nobody can look into a buffer, so there are no changes to tell of.
    subscribe: () => () => undefined,
    close: () => bytes.close(),
  };
}
