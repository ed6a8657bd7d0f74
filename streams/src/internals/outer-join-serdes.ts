import { SerializationError } from '../errors.ts';
import type { Serde } from '../serdes.ts';

/** Key of a record that waits for a partner. */
export interface WaitingKey {
  readonly timestamp: number;
  readonly left: boolean;
  readonly key: unknown;
}

/** Values that wait under one key. */
export interface WaitingValue {
  readonly left: boolean;
  readonly value: unknown;
}

const VARIABLE_SIZE = 1;

/** `int64 timestamp + byte(1 left, 0 right) + key` (Kafka Streams: `TimestampedKeyAndJoinSideSerializer`). */
export function waitingKeySerde(key: Serde<unknown>): Serde<WaitingKey> {
  return {
    serialize(value) {
      const bytes = key.serialize(value.key);
      const result = Buffer.allocUnsafe(bytes.length + 9);
      result.writeBigInt64BE(BigInt(value.timestamp), 0);
      result.writeUInt8(value.left ? 1 : 0, 8);
      result.set(bytes, 9);
      return result;
    },
    deserialize(bytes) {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      if (bytes.length < 9) throw new SerializationError('A waiting join key has at least 9 bytes.');
      return {
        timestamp: Number(view.getBigInt64(0)),
        left: bytes[8] === 1,
        key: key.deserialize(bytes.subarray(9)),
      };
    },
  };
}

/**
 * A list of `byte(1 left, 0 right) + value`, in the layout of Kafka's `ListSerializer`:
 * byte 1 (variable size), int32 count, then int32 length and bytes of each.
 */
export function waitingValuesSerde(
  left: Serde<unknown>,
  right: Serde<unknown>,
): Serde<readonly WaitingValue[]> {
  return {
    serialize(values) {
      const head = Buffer.allocUnsafe(5);
      head.writeUInt8(VARIABLE_SIZE, 0);
      head.writeInt32BE(values.length, 1);
      const items = values.flatMap((item) => {
        const bytes = (item.left ? left : right).serialize(item.value);
        const prefix = Buffer.allocUnsafe(5);
        prefix.writeInt32BE(bytes.length + 1, 0);
        prefix.writeUInt8(item.left ? 1 : 0, 4);
        return [prefix, bytes];
      });
      return Buffer.concat([head, ...items]);
    },
    deserialize(bytes) {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const values: WaitingValue[] = [];
      let offset = 5;
      for (let count = view.getInt32(1); count > 0; count -= 1) {
        const length = view.getInt32(offset);
        const isLeft = bytes[offset + 4] === 1;
        const value = bytes.subarray(offset + 5, offset + 4 + length);
        values.push({ left: isLeft, value: (isLeft ? left : right).deserialize(value) });
        offset += 4 + length;
      }
      return values;
    },
  };
}
