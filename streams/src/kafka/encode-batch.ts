import type { Headers } from '../record.ts';
import { type Compression, compress, compressionId } from './compression.ts';
import { crc32c } from './crc32c.ts';

/** A record to be written; partition and topic are those of the batch. */
export interface BatchRecord {
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly timestamp: number;
  readonly headers: Headers;
}

/** Who writes a batch, for idempotence and transactions. */
export interface BatchProducer {
  readonly producerId: string;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly transactional: boolean;
}

const MAGIC = 2;
const TRANSACTIONAL = 0x10;
/** Place of the checksum, and of the first byte it is about. */
const CHECKSUM_AT = 17;
const CHECKED_FROM = 21;
const RECORDS_AT = 61;
/** Longer ones are copied by the engine, shorter ones faster here. */
const SHORT = 24;

/**
 * Encodes records as one batch of message format v2 (Kafka protocol guide, "Record Batch") in one
 * piece of memory. KafkaJS keeps headers in an object, which loses their order and their null values,
 * so batches are written here.
 */
export function encodeBatch(
  records: readonly BatchRecord[],
  producer: BatchProducer,
  compression: Compression = 'none',
): Buffer {
  const firstTimestamp = records[0]?.timestamp ?? 0;
  let maxTimestamp = firstTimestamp;
  let size = RECORDS_AT;
  const sizes = new Int32Array(records.length);
  for (let index = 0; index < records.length; index += 1) {
    const record = records[index];
    if (record === undefined) continue;
    if (record.timestamp > maxTimestamp) maxTimestamp = record.timestamp;
    const own = recordSize(record, record.timestamp - firstTimestamp, index);
    sizes[index] = own;
    size += varintSize(own) + own;
  }
  let batch = Buffer.allocUnsafe(size);
  let at = RECORDS_AT;
  for (let index = 0; index < records.length; index += 1) {
    const record = records[index];
    if (record === undefined) continue;
    at = writeVarint(batch, at, sizes[index] ?? 0);
    at = writeRecord(batch, at, record, record.timestamp - firstTimestamp, index);
  }
  if (compression !== 'none') {
    const packed = compress(compression, batch.subarray(RECORDS_AT));
    batch = Buffer.concat([batch.subarray(0, RECORDS_AT), packed]);
  }
  const attributes = (producer.transactional ? TRANSACTIONAL : 0) | compressionId(compression);
  writeHeader(batch, attributes, records.length, firstTimestamp, maxTimestamp, producer);
  return batch;
}

function writeHeader(
  batch: Buffer,
  attributes: number,
  count: number,
  firstTimestamp: number,
  maxTimestamp: number,
  producer: BatchProducer,
): void {
  batch.writeBigInt64BE(0n, 0);
  batch.writeInt32BE(batch.length - 12, 8);
  batch.writeInt32BE(-1, 12);
  batch.writeInt8(MAGIC, 16);
  batch.writeInt16BE(attributes, 21);
  batch.writeInt32BE(count - 1, 23);
  batch.writeBigInt64BE(BigInt(firstTimestamp), 27);
  batch.writeBigInt64BE(BigInt(maxTimestamp), 35);
  batch.writeBigInt64BE(BigInt(producer.producerId), 43);
  batch.writeInt16BE(producer.producerEpoch, 51);
  batch.writeInt32BE(producer.baseSequence, 53);
  batch.writeInt32BE(count, 57);
  batch.writeUInt32BE(crc32c(batch, CHECKED_FROM), CHECKSUM_AT);
}

/** Bytes of a record behind its length. */
function recordSize(record: BatchRecord, timestampDelta: number, offsetDelta: number): number {
  const { key, value, headers } = record;
  let size = 1 + varlongSize(timestampDelta) + varintSize(offsetDelta);
  size += bytesSize(key) + bytesSize(value) + varintSize(headers.length);
  for (const header of headers) {
    const length = Buffer.byteLength(header.key, 'utf8');
    size += varintSize(length) + length + bytesSize(header.value);
  }
  return size;
}

function writeRecord(
  batch: Buffer,
  start: number,
  record: BatchRecord,
  timestampDelta: number,
  offsetDelta: number,
): number {
  const { headers } = record;
  batch[start] = 0;
  let at = writeVarlong(batch, start + 1, timestampDelta);
  at = writeVarint(batch, at, offsetDelta);
  at = writeBytes(batch, at, record.key);
  at = writeBytes(batch, at, record.value);
  at = writeVarint(batch, at, headers.length);
  for (const { key, value } of headers) {
    at = writeBytes(batch, at, Buffer.from(key, 'utf8'));
    at = writeBytes(batch, at, value);
  }
  return at;
}

function writeBytes(batch: Buffer, start: number, bytes: Uint8Array | null): number {
  if (bytes === null) return writeVarint(batch, start, -1);
  const { length } = bytes;
  const at = writeVarint(batch, start, length);
  if (length > SHORT) batch.set(bytes, at);
  else for (let index = 0; index < length; index += 1) batch[at + index] = bytes[index] ?? 0;
  return at + length;
}

function writeVarint(batch: Buffer, start: number, value: number): number {
  let at = start;
  let rest = ((value << 1) ^ (value >> 31)) >>> 0;
  while (rest > 0x7f) {
    batch[at] = (rest & 0x7f) | 0x80;
    at += 1;
    rest >>>= 7;
  }
  batch[at] = rest;
  return at + 1;
}

function writeVarlong(batch: Buffer, start: number, value: number): number {
  if (isShort(value)) return writeVarint(batch, start, value);
  let at = start;
  let rest = BigInt.asUintN(64, (BigInt(value) << 1n) ^ (BigInt(value) >> 63n));
  while (rest > 0x7fn) {
    batch[at] = Number(rest & 0x7fn) | 0x80;
    at += 1;
    rest >>= 7n;
  }
  batch[at] = Number(rest);
  return at + 1;
}

function bytesSize(bytes: Uint8Array | null): number {
  return bytes === null ? 1 : varintSize(bytes.length) + bytes.length;
}

function varintSize(value: number): number {
  const rest = ((value << 1) ^ (value >> 31)) >>> 0;
  if (rest < 0x80) return 1;
  if (rest < 0x4000) return 2;
  if (rest < 0x20_0000) return 3;
  return rest < 0x1000_0000 ? 4 : 5;
}

function varlongSize(value: number): number {
  if (isShort(value)) return varintSize(value);
  let rest = BigInt.asUintN(64, (BigInt(value) << 1n) ^ (BigInt(value) >> 63n));
  let size = 1;
  for (; rest > 0x7fn; rest >>= 7n) size += 1;
  return size;
}

/** Fits 32 bits after the sign was moved to the end. */
function isShort(value: number): boolean {
  return value >= -0x4000_0000 && value < 0x4000_0000;
}
