import type { Headers, RecordMetadata } from '../record.ts';
import { readInt64, writeInt64 } from './int64.ts';
import { compareBytes } from './ordered-byte-map.ts';

const NULL_LENGTH = -1;
const SAME_AS_PRIOR = -2;

/** A row that waits in a suppress buffer. */
export interface BufferedValue {
  /** When it is due. */
  readonly time: number;
  /** What the rows downstream show meanwhile: the value before the first buffered update. */
  readonly prior: Uint8Array | null;
  readonly old: Uint8Array | null;
  readonly new: Uint8Array | null;
  /** Of the latest update. */
  readonly timestamp: number;
  readonly headers: Headers;
  readonly source: RecordMetadata;
}

/** Bytes of the changelog, version 3 (Kafka Streams: `BufferValue`, `ProcessorRecordContext`). */
export function encodeBuffered(value: BufferedValue): Uint8Array {
  const { prior, old, source } = value;
  const topic = Buffer.from(source.topic, 'utf8');
  const headers = value.headers.flatMap((header) => [
    sized(Buffer.from(header.key, 'utf8')),
    sized(header.value),
  ]);
  const same = prior !== null && old !== null && compareBytes(prior, old) === 0;
  return Buffer.concat([
    int64(value.timestamp),
    int64(source.offset),
    sized(topic),
    int32(source.partition),
    int32(value.headers.length),
    ...headers,
    sized(prior),
    same ? int32(SAME_AS_PRIOR) : sized(old),
    sized(value.new),
    int64(value.time),
  ]);
}

export function decodeBuffered(bytes: Uint8Array): BufferedValue {
  const reader = new SizedReader(bytes);
  const timestamp = reader.int64();
  const offset = reader.int64();
  const topic = reader.text();
  const partition = reader.int32();
  const headers: { key: string; value: Uint8Array | null }[] = [];
  for (let count = reader.int32(); count > 0; count -= 1) {
    headers.push({ key: reader.text(), value: reader.sized() });
  }
  const prior = reader.sized();
  const oldLength = reader.int32();
  const old = oldLength === SAME_AS_PRIOR ? prior : reader.take(oldLength);
  const latest = reader.sized();
  const time = reader.int64();
  return { time, prior, old, new: latest, timestamp, headers, source: { topic, partition, offset } };
}

/** What the row counts in the buffer's size, as Kafka Streams estimates it. */
export function bufferedSize(key: Uint8Array, value: BufferedValue): number {
  const { prior, old, headers, source } = value;
  const shared = prior !== null && old !== null && compareBytes(prior, old) === 0;
  const values = lengthOf(prior) + (shared ? 0 : lengthOf(old)) + lengthOf(value.new);
  const context = headers.reduce(
    (size, header) => size + header.key.length + lengthOf(header.value),
    20 + source.topic.length,
  );
  return 8 + key.length + values + context;
}

function lengthOf(bytes: Uint8Array | null): number {
  return bytes?.length ?? 0;
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

function sized(bytes: Uint8Array | null): Buffer {
  return bytes === null ? int32(NULL_LENGTH) : Buffer.concat([int32(bytes.length), bytes]);
}

class SizedReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  int32(): number {
    this.#offset += 4;
    return this.#view.getInt32(this.#offset - 4);
  }

  int64(): number {
    this.#offset += 8;
    return readInt64(this.#bytes, this.#offset - 8);
  }

  take(length: number): Uint8Array | null {
    if (length === NULL_LENGTH) return null;
    this.#offset += length;
    return this.#bytes.subarray(this.#offset - length, this.#offset);
  }

  sized(): Uint8Array | null {
    return this.take(this.int32());
  }

  text(): string {
    return Buffer.from(this.sized() ?? []).toString('utf8');
  }
}
