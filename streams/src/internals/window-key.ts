import { SerializationError } from '../errors.ts';

/** A window store's changelog key, taken apart. */
export interface WindowKey {
  readonly key: Uint8Array;
  readonly windowStart: number;
  readonly sequence: number;
}

/** `key + int64 window start + int32 sequence`, as Kafka Streams' `WindowKeySchema`. */
export function toWindowKey(key: Uint8Array, windowStart: number, sequence: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(key.length + 12);
  bytes.set(key, 0);
  bytes.writeInt32BE(Math.floor(windowStart / 0x1_0000_0000), key.length);
  bytes.writeUInt32BE(windowStart >>> 0, key.length + 4);
  bytes.writeInt32BE(sequence, key.length + 8);
  return bytes;
}

export function fromWindowKey(bytes: Uint8Array): WindowKey {
  if (bytes.length < 12) {
    throw new SerializationError(
      `A window store key has at least 12 bytes, but ${bytes.length} were received.`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length - 12;
  return {
    key: bytes.subarray(0, length),
    windowStart: Number(view.getBigInt64(length)),
    sequence: view.getInt32(length + 8),
  };
}
