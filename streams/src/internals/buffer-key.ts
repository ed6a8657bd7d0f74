import { SerializationError } from '../errors.ts';
import { readInt64, writeInt64 } from './int64.ts';

/** The key of a record that waits: such keys are in order of time. */
export interface BufferKey {
  readonly timestamp: number;
  readonly key: Uint8Array;
  /** Keeps records with one time and key apart. */
  readonly sequence: number;
}

const TIME_FIRST = 0;
const HEAD_BYTES = 9;

/** `byte 0 | int64 timestamp | key | int32 sequence` (Kafka Streams: `TimeFirstWindowKeySchema`). */
export function bufferKey({ timestamp, key, sequence }: BufferKey): Uint8Array {
  const tail = Buffer.allocUnsafe(4);
  tail.writeInt32BE(sequence);
  return Buffer.concat([bufferBound(timestamp), key, tail]);
}

/** Before all keys of a time or later. */
export function bufferBound(timestamp: number): Uint8Array {
  const head = Buffer.allocUnsafe(HEAD_BYTES);
  head[0] = TIME_FIRST;
  writeInt64(head, timestamp, 1);
  return head;
}

export function fromBufferKey(bytes: Uint8Array): BufferKey {
  if (bytes.length < HEAD_BYTES + 4) {
    throw new SerializationError(`A key of a waiting record cannot have ${bytes.length} bytes.`);
  }
  const end = bytes.length - 4;
  const sequence = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getInt32(end);
  return { timestamp: readInt64(bytes, 1), key: bytes.subarray(HEAD_BYTES, end), sequence };
}
