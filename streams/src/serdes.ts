import { SerializationError } from './errors.ts';

/**
 * Turns values into bytes and back. Null never reaches a serde: a null key or value (a tombstone)
 * is passed on as null by the library, as Kafka Streams' serdes do.
 */
export interface Serde<T> {
  serialize(value: T): Uint8Array;
  deserialize(bytes: Uint8Array): T;
  /**
   * The bytes a partition is chosen from, when they are not all of `serialize(value)`.
   * Windowed keys answer with their base key (Kafka Streams' `WindowedStreamPartitioner`).
   */
  partitionBytes?(value: T): Uint8Array;
}

/** The type a serde carries: `SerdeValue<typeof orderSerde>`. */
export type SerdeValue<S> = S extends Serde<infer T> ? T : never;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Records come as buffers, which read text faster than a decoder does. */
function toText(bytes: Uint8Array): string {
  return bytes instanceof Buffer ? bytes.toString() : decoder.decode(bytes);
}

const halfPairs = /\p{Surrogate}/gu;

/** Half a surrogate pair has no bytes in UTF-8, and Java writes a question mark. */
function toBytes(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'utf8');
  // As many bytes as characters: only ASCII.
  if (bytes.length === text.length || text.search(halfPairs) < 0) return bytes;
  return Buffer.from(text.replace(halfPairs, '?'), 'utf8');
}

const string: Serde<string> = {
  serialize: toBytes,
  deserialize: toText,
};

function view(bytes: Uint8Array, length: number, type: string): DataView {
  if (bytes.byteLength !== length) {
    throw new SerializationError(`A ${type} is ${length} bytes, but ${bytes.byteLength} were received.`);
  }
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Four bytes as a signed integer, without the view that reading them would otherwise need. */
function wordAt(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] ?? 0) << 24) |
    ((bytes[at + 1] ?? 0) << 16) |
    ((bytes[at + 2] ?? 0) << 8) |
    (bytes[at + 3] ?? 0)
  );
}

const long: Serde<number> = {
  serialize(value) {
    if (!Number.isSafeInteger(value)) {
      throw new SerializationError(`Serdes.long() takes a safe integer, not ${String(value)}.`);
    }
    const bytes = Buffer.allocUnsafe(8);
    bytes.writeInt32BE(Math.floor(value / 0x1_0000_0000), 0);
    bytes.writeUInt32BE(value >>> 0, 4);
    return bytes;
  },
  deserialize(bytes) {
    if (bytes.length !== 8) view(bytes, 8, 'long');
    const value = wordAt(bytes, 0) * 0x1_0000_0000 + (wordAt(bytes, 4) >>> 0);
    if (!Number.isSafeInteger(value)) {
      const exact = view(bytes, 8, 'long').getBigInt64(0);
      throw new SerializationError(`The long ${exact} is too big for a JavaScript number.`);
    }
    return value;
  },
};

const bigint: Serde<bigint> = {
  serialize(value) {
    if (BigInt.asIntN(64, value) !== value) {
      throw new SerializationError(`Serdes.bigint() takes a 64-bit integer, not ${value}.`);
    }
    const bytes = Buffer.allocUnsafe(8);
    bytes.writeBigInt64BE(value);
    return bytes;
  },
  deserialize: (bytes) => view(bytes, 8, 'long').getBigInt64(0),
};

const integer: Serde<number> = {
  serialize(value) {
    if (!Number.isInteger(value) || value < -0x8000_0000 || value > 0x7fff_ffff) {
      throw new SerializationError(`Serdes.integer() takes a 32-bit integer, not ${String(value)}.`);
    }
    const bytes = Buffer.allocUnsafe(4);
    bytes.writeInt32BE(value, 0);
    return bytes;
  },
  deserialize: (bytes) => view(bytes, 4, 'integer').getInt32(0),
};

const double: Serde<number> = {
  serialize(value) {
    const bytes = Buffer.allocUnsafe(8);
    bytes.writeDoubleBE(value, 0);
    return bytes;
  },
  deserialize: (bytes) => view(bytes, 8, 'double').getFloat64(0),
};

const json: Serde<unknown> = {
  serialize(value) {
    if (value instanceof Promise) {
      throw new SerializationError('Serdes.json() cannot write a promise: steps are synchronous.');
    }
    const text = JSON.stringify(value);
    if (text === undefined) {
      throw new SerializationError('Serdes.json() cannot write undefined or a function.');
    }
    return Buffer.from(text, 'utf8');
  },
  deserialize(bytes) {
    const text = toText(bytes);
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new SerializationError(`Not valid JSON: ${text.slice(0, 60)}`, { cause });
    }
  },
};

const bytes: Serde<Uint8Array> = { serialize: (value) => value, deserialize: (value) => value };

const nullables = new WeakMap<object, unknown>();

function nullable<T>(serde: Serde<T>): Serde<T | null> {
  const known = nullables.get(serde) as Serde<T | null> | undefined;
  if (known !== undefined) return known;
  const made: Serde<T | null> = {
    serialize(value) {
      if (value === null) throw new SerializationError('Null is written by the library, not by a serde.');
      return serde.serialize(value);
    },
    deserialize: (value) => serde.deserialize(value),
  };
  nullables.set(serde, made);
  return made;
}

/**
 * The serdes Kafka Streams has, with the same bytes: UTF-8 strings, big-endian numbers.
 * `long()` refuses integers a JavaScript number cannot hold exactly; `bigint()` has the same bytes and
 * takes every 64-bit integer. `json<T>()` trusts the bytes to
 * be a `T`; validate in a `mapValues` when the producer is not yours. `nullable(serde)` changes only
 * the type: use it for a topic that carries null keys or tombstones, so that the compiler asks for
 * the null case. Each gives the same object every time, so streams that share a topic can be seen to
 * read it alike.
 */
export const Serdes = {
  string: (): Serde<string> => string,
  long: (): Serde<number> => long,
  bigint: (): Serde<bigint> => bigint,
  integer: (): Serde<number> => integer,
  double: (): Serde<number> => double,
  json: <T>(): Serde<T> => json as Serde<T>,
  bytes: (): Serde<Uint8Array> => bytes,
  nullable,
};
