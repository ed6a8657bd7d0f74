import { SerializationError } from '../errors.ts';
import type { Headers } from '../record.ts';
import { readInt64, writeInt64 } from './int64.ts';

/** The key of a record that waits: such keys are in order of time. */
export interface BufferKey {
  readonly timestamp: number;
  readonly key: Uint8Array;
  /** Keeps records with one time and key apart. */
  readonly sequence: number;
}

/** A record that waits, with where it came from. */
export interface BufferedRecord {
  readonly timestamp: number;
  readonly offset: number;
  readonly topic: string;
  readonly partition: number;
  readonly headers: Headers;
  readonly value: Uint8Array;
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

/**
 * `int64 timestamp | int64 offset | topic | int32 partition | int32 count of headers, key and value of each`,
 * then the prior and the old value, which are missing, the value, and an int64 that is 0; texts and values begin
 * with an int32 length, -1 for null (Kafka Streams: `ProcessorRecordContext`, `BufferValue`).
 */
export function writeBuffered(record: BufferedRecord): Uint8Array {
  const { timestamp, offset, topic, partition, headers, value } = record;
  return Buffer.concat([
    int64(timestamp),
    int64(offset),
    ...sized(Buffer.from(topic, 'utf8')),
    int32(partition),
    int32(headers.length),
    ...headers.flatMap((header) => [...sized(Buffer.from(header.key, 'utf8')), ...sized(header.value)]),
    ...sized(null),
    ...sized(null),
    ...sized(value),
    int64(0),
  ]);
}

export function readBuffered(bytes: Uint8Array): BufferedRecord {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const nextInt32 = (): number => {
    at += 4;
    return view.getInt32(at - 4);
  };
  const nextInt64 = (): number => {
    at += 8;
    return readInt64(bytes, at - 8);
  };
  const nextSized = (): Uint8Array | null => {
    const length = nextInt32();
    if (length < 0) return null;
    at += length;
    return bytes.subarray(at - length, at);
  };
  const nextText = (): string => Buffer.from(nextSized() ?? []).toString('utf8');
  const timestamp = nextInt64();
  const offset = nextInt64();
  const topic = nextText();
  const partition = nextInt32();
  const headers = Array.from({ length: nextInt32() }, () => ({ key: nextText(), value: nextSized() }));
  nextSized();
  nextSized();
  const value = nextSized();
  if (value === null) throw new SerializationError('A waiting record has no value.');
  return { timestamp, offset, topic, partition, headers, value };
}

function int32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function int64(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  writeInt64(bytes, value, 0);
  return bytes;
}

function sized(value: Uint8Array | null): Uint8Array[] {
  return value === null ? [int32(-1)] : [int32(value.length), value];
}
