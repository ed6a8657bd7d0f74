import { SerializationError } from '../../errors.ts';
import type { Serde } from '../../serdes.ts';

/** What the side of the foreign keys is to do with a subscription; the numbers are on the wire. */
export const INSTRUCTION = {
  /** The row now has another foreign key: forget this subscription, say nothing. */
  unsubscribe: 0,
  /** The row has no foreign key any more: forget it, answer with null. */
  unsubscribeAndAnswer: 1,
  /** Subscribe, and answer in any case: with null when the foreign row is missing. */
  subscribeAndAnswer: 2,
  /** Subscribe, and answer when the foreign row is there. */
  subscribe: 3,
} as const;

export type Instruction = (typeof INSTRUCTION)[keyof typeof INSTRUCTION];

/** A left row asks for the row of its foreign key. */
export interface Subscription {
  /** Hash of the left row, or null when it is gone; comes back with the answer. */
  readonly hash: Uint8Array | null;
  readonly instruction: Instruction;
  readonly primaryKey: unknown;
  /** Partition of the left row, where the answer goes; null from applications older than Kafka 3.4. */
  readonly primaryPartition: number | null;
}

/** The foreign row for a left row. */
export interface Answer {
  /** Hash of the left row that asked. */
  readonly hash: Uint8Array | null;
  readonly foreignValue: unknown;
  /** Where to send it; not on the wire. */
  readonly primaryPartition: number | null;
}

const HASH_MISSING = 0x80;
const HASH_BYTES = 16;

/**
 * `bit hash missing, 7 bits version = 1 | instruction | 16 bytes hash, if any | primary key | int32 partition`
 * (Kafka Streams: `SubscriptionWrapperSerde`). Version 0 has no partition.
 */
export function subscriptionSerde(primaryKey: Serde<unknown>): Serde<Subscription> {
  return {
    serialize(value) {
      const { hash, instruction, primaryPartition } = value;
      const head = Buffer.of(hash === null ? HASH_MISSING + 1 : 1, instruction);
      const partition = Buffer.alloc(4);
      partition.writeInt32BE(primaryPartition ?? 0);
      return Buffer.concat(
        [head, hash ?? [], primaryKey.serialize(value.primaryKey), partition].map(toBytes),
      );
    },
    deserialize(bytes) {
      const { version, hash, next } = readHead(bytes, 2);
      if (version > 1) throw new SerializationError(`A subscription of version ${version} cannot be read.`);
      const end = version === 0 ? bytes.length : bytes.length - 4;
      return {
        hash,
        instruction: toInstruction(bytes[1]),
        primaryKey: primaryKey.deserialize(bytes.subarray(next, end)),
        primaryPartition: version === 0 ? null : viewOf(bytes).getInt32(end),
      };
    },
  };
}

/**
 * `bit hash missing, 7 bits version = 0 | 16 bytes hash, if any | foreign value, if any`
 * (Kafka Streams: `SubscriptionResponseWrapperSerde`).
 */
export function answerSerde(foreignValue: Serde<unknown>): Serde<Answer> {
  return {
    serialize({ hash, foreignValue: value }) {
      const head = Buffer.of(hash === null ? HASH_MISSING : 0);
      return Buffer.concat(
        [head, hash ?? [], value === null ? [] : foreignValue.serialize(value)].map(toBytes),
      );
    },
    deserialize(bytes) {
      const { version, hash, next } = readHead(bytes, 1);
      if (version > 0)
        throw new SerializationError(`A foreign-key answer of version ${version} cannot be read.`);
      const value = bytes.length === next ? null : foreignValue.deserialize(bytes.subarray(next));
      return { hash, foreignValue: value, primaryPartition: null };
    },
  };
}

/** `int32 length of the foreign key | foreign key | primary key`: subscriptions in order of foreign keys. */
export function toSubscriptionKey(foreignKey: Uint8Array, primaryKey: Uint8Array): Uint8Array {
  const length = Buffer.alloc(4);
  length.writeInt32BE(foreignKey.length);
  return Buffer.concat([length, foreignKey, primaryKey]);
}

/** The primary key in a key made by `toSubscriptionKey`. */
export function primaryKeyOf(key: Uint8Array): Uint8Array {
  return key.subarray(4 + viewOf(key).getInt32(0));
}

function readHead(bytes: Uint8Array, hashAt: number) {
  const first = bytes[0] ?? 0;
  const next = first >= HASH_MISSING ? hashAt : hashAt + HASH_BYTES;
  if (bytes.length < next) {
    throw new SerializationError(`A foreign-key message of ${bytes.length} bytes is too short.`);
  }
  return { version: first % HASH_MISSING, hash: next === hashAt ? null : bytes.subarray(hashAt, next), next };
}

function toInstruction(byte: number | undefined): Instruction {
  const known = Object.values(INSTRUCTION).find((value) => value === byte);
  if (known === undefined)
    throw new SerializationError(`A subscription cannot have the instruction ${byte}.`);
  return known;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function toBytes(part: Uint8Array | readonly number[]): Uint8Array {
  return part instanceof Uint8Array ? part : Uint8Array.from(part);
}
