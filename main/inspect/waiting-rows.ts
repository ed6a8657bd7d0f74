import { type ByteReader, parseBytes } from './byte-reader.ts';

/** A value that waits in a buffer, with what it replaces and the time of the record it came from. */
export interface BufferedValue {
  readonly timestamp: number;
  readonly before: Uint8Array | null;
  readonly value: Uint8Array | null;
  /** The time that a wait in a suppress buffer is counted from. */
  readonly time: number;
}

const SAME_AS_BEFORE = -2;

/**
 * The changelog of a suppress buffer, version 3, and of a stream that waits for its table (Kafka Streams'
 * BufferValue): the record's context, the value before, the old one, the new one, and the time.
 */
export function parseBufferedValue(bytes: Uint8Array): BufferedValue | null {
  return parseBytes(bytes, (reader) => {
    const timestamp = reader.int64();
    reader.int64();
    sized(reader);
    reader.int32();
    for (let headers = reader.int32(); headers > 0; headers -= 1) {
      sized(reader);
      sized(reader);
    }
    const before = sized(reader);
    const oldLength = reader.int32();
    if (oldLength >= 0) reader.take(oldLength);
    else if (oldLength !== -1 && oldLength !== SAME_AS_BEFORE) return null;
    return { timestamp, before, value: sized(reader), time: reader.int64() };
  });
}

/** A record that waits for the row of its time: byte 0, its timestamp, its key, a number (TimeFirstWindowKeySchema). */
export function parseGraceKey(bytes: Uint8Array): { timestamp: number; key: Uint8Array } | null {
  return parseBytes(bytes, (reader) => {
    if (reader.byte() !== 0) return null;
    const timestamp = reader.int64();
    const key = reader.take(reader.left - 4);
    reader.int32();
    return timestamp < 0 ? null : { timestamp, key };
  });
}

export type JoinSide = 'left' | 'right';

/** A record of a join that waits for a partner: its timestamp, its side, its key (TimestampedKeyAndJoinSide). */
export function parseWaitingKey(
  bytes: Uint8Array,
): { timestamp: number; side: JoinSide; key: Uint8Array } | null {
  return parseBytes(bytes, (reader) => {
    const timestamp = reader.int64();
    const side = sideOf(reader.byte());
    return side === null || timestamp < 0 ? null : { timestamp, side, key: reader.take(reader.left) };
  });
}

/** The values that wait under one such key: byte 1, a count, and of each its length, its side and its bytes. */
export function parseWaitingValues(bytes: Uint8Array): readonly Uint8Array[] | null {
  return parseBytes(bytes, (reader) => {
    if (reader.byte() !== 1) return null;
    const values: Uint8Array[] = [];
    for (let count = reader.int32(); count > 0; count -= 1) {
      const length = reader.int32();
      if (sideOf(reader.byte()) === null) return null;
      values.push(reader.take(length - 1));
    }
    return values;
  });
}

/** A row of a foreign-key join's left table that asks for a row of the right one. */
export interface SubscriptionKey {
  readonly foreignKey: Uint8Array;
  readonly primaryKey: Uint8Array;
}

/** The foreign key's length, the foreign key, the primary key (CombinedKeySchema). */
export function parseSubscriptionKey(bytes: Uint8Array): SubscriptionKey | null {
  return parseBytes(bytes, (reader) => {
    const foreignKey = reader.take(reader.int32());
    return { foreignKey, primaryKey: reader.take(reader.left) };
  });
}

const HASH_MISSING = 0x80;
const HASH_BYTES = 16;
const INSTRUCTIONS = 4;

/**
 * A subscription's value (SubscriptionWrapper): a bit for a missing hash and the version, an instruction, the hash
 * of the row that asks, its key, and from version 1 on its partition. Null also where that key is another one.
 */
export function parseSubscription(
  bytes: Uint8Array,
  { primaryKey }: SubscriptionKey,
): { hash: Uint8Array | null; partition: number | null } | null {
  return parseBytes(bytes, (reader) => {
    const head = reader.byte();
    const version = head % HASH_MISSING;
    if (version > 1 || reader.byte() >= INSTRUCTIONS) return null;
    const hash = head >= HASH_MISSING ? null : reader.take(HASH_BYTES);
    const key = reader.take(reader.left - (version === 0 ? 0 : 4));
    if (Buffer.compare(key, primaryKey) !== 0) return null;
    return { hash, partition: version === 0 ? null : reader.int32() };
  });
}

function sideOf(byte: number): JoinSide | null {
  if (byte === 1) return 'left';
  return byte === 0 ? 'right' : null;
}

function sized(reader: ByteReader): Uint8Array | null {
  const length = reader.int32();
  return length === -1 ? null : reader.take(length);
}
