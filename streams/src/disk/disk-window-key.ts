import { readInt64, writeInt64 } from '../internals/int64.ts';

const SEGMENT_BYTES = 6;
const TIME_BYTES = 8;
const SEQUENCE_BYTES = 4;
const ESCAPED = 0xff;

/** A window store's key on disk, taken apart. */
export interface DiskWindowKey {
  readonly key: Uint8Array;
  readonly windowStart: number;
  readonly sequence: number;
}

/**
 * `uint48 segment + key + 00 00 + int64 window start + int32 sequence`, with every zero byte of the
 * key followed by FF: so the order of bytes is segment, key, time, sequence, whatever the key is.
 */
export function toDiskWindowKey(
  segment: number,
  key: Uint8Array,
  windowStart: number,
  sequence: number,
): Uint8Array {
  let zeros = 0;
  for (const byte of key) if (byte === 0) zeros += 1;
  const length = key.length + zeros;
  const bytes = Buffer.allocUnsafe(SEGMENT_BYTES + length + 2 + TIME_BYTES + SEQUENCE_BYTES);
  bytes.writeUIntBE(segment, 0, SEGMENT_BYTES);
  let at = SEGMENT_BYTES;
  if (zeros === 0) {
    bytes.set(key, at);
    at += length;
  } else {
    for (const byte of key) {
      bytes[at++] = byte;
      if (byte === 0) bytes[at++] = ESCAPED;
    }
  }
  bytes[at] = 0;
  bytes[at + 1] = 0;
  writeInt64(bytes, windowStart, at + 2);
  bytes.writeInt32BE(sequence, at + 2 + TIME_BYTES);
  return bytes;
}

/** The first key of a segment. */
export function segmentStart(segment: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(SEGMENT_BYTES);
  bytes.writeUIntBE(segment, 0, SEGMENT_BYTES);
  return bytes;
}

export function fromDiskWindowKey(bytes: Uint8Array): DiskWindowKey {
  const timeAt = bytes.length - TIME_BYTES - SEQUENCE_BYTES;
  return {
    key: unescapeKey(bytes.subarray(SEGMENT_BYTES, timeAt - 2)),
    windowStart: readInt64(bytes, timeAt),
    sequence: readInt32(bytes, timeAt + TIME_BYTES),
  };
}

function readInt32(bytes: Uint8Array, at: number): number {
  const high = ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16);
  return high | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
}

function unescapeKey(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(0)) return bytes;
  const key = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    key[length++] = byte;
    if (byte === 0) at += 1;
  }
  return key.subarray(0, length);
}
