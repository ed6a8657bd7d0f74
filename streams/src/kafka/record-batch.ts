import { SerializationError } from '../errors.ts';
import { type Headers, type LogRecord, NO_HEADERS, type RecordHeader } from '../record.ts';
import { BytesReader } from './bytes-reader.ts';
import { compressionName, decompress } from './compression.ts';

const MAGIC = 2;
const TRANSACTIONAL = 0x10;
const CONTROL = 0x20;
const LOG_APPEND_TIME = 0x08;
/** Bytes of a batch before the length field's own count begins, and up to the checksum. */
const LENGTH_END = 12;

/** A transaction that was aborted, from its first offset on. */
export interface AbortedTransaction {
  readonly producerId: string;
  readonly firstOffset: number;
}

/** The records of a fetched piece of log. */
export interface DecodedRecords {
  readonly records: LogRecord[];
  /** The offset after the last whole batch, also past batches without visible records; null: none. */
  readonly nextOffset: number | null;
}

/**
 * Decodes fetched batches. Control records are left out, and so are records of aborted transactions;
 * the position moves past both. An incomplete last batch is ignored.
 */
export function decodeBatches(
  topic: string,
  partition: number,
  bytes: Buffer,
  from: number,
  aborted: readonly AbortedTransaction[],
): DecodedRecords {
  const reader = new BytesReader(bytes);
  const records: LogRecord[] = [];
  const waiting = [...aborted].sort((left, right) => left.firstOffset - right.firstOffset);
  const active = new Set<string>();
  let nextOffset: number | null = null;
  while (reader.remaining >= LENGTH_END) {
    const baseOffset = reader.int64();
    const length = reader.int32();
    if (length > reader.remaining) break;
    const batch = new BytesReader(reader.take(length));
    const header = readHeader(batch, topic, partition, baseOffset);
    nextOffset = baseOffset + header.lastOffsetDelta + 1;
    for (let next = waiting[0]; next !== undefined && next.firstOffset < nextOffset; next = waiting[0]) {
      active.add(next.producerId);
      waiting.shift();
    }
    const transactional = (header.attributes & TRANSACTIONAL) !== 0;
    if ((header.attributes & CONTROL) !== 0) {
      if (isAbortMarker(batch, header)) active.delete(header.producerId);
      continue;
    }
    if (transactional && active.has(header.producerId)) continue;
    readRecords(batch, header, { topic, partition, baseOffset, from }, records);
  }
  return { records, nextOffset };
}

interface BatchHeader {
  readonly attributes: number;
  readonly lastOffsetDelta: number;
  readonly firstTimestamp: number;
  readonly maxTimestamp: number;
  readonly producerId: string;
  readonly count: number;
}

function readHeader(batch: BytesReader, topic: string, partition: number, offset: number): BatchHeader {
  batch.int32();
  const magic = batch.int8();
  if (magic !== MAGIC) {
    throw new SerializationError(
      `${topic}-${partition} at offset ${offset} has message format ${magic}, not 2.`,
    );
  }
  batch.int32();
  const attributes = batch.int16();
  const lastOffsetDelta = batch.int32();
  const firstTimestamp = batch.int64();
  const maxTimestamp = batch.int64();
  const producerId = batch.int64Text();
  batch.int16();
  batch.int32();
  return { attributes, lastOffsetDelta, firstTimestamp, maxTimestamp, producerId, count: batch.int32() };
}

/** A control record's key is `int16 version + int16 type`, where type 0 is abort. */
function isAbortMarker(batch: BytesReader, header: BatchHeader): boolean {
  if (header.count === 0) return false;
  batch.varint();
  batch.int8();
  batch.varlong();
  batch.varint();
  const key = batch.varBytes();
  return key !== null && key.length >= 4 && key.readInt16BE(2) === 0;
}

interface BatchPlace {
  readonly topic: string;
  readonly partition: number;
  readonly baseOffset: number;
  readonly from: number;
}

function readRecords(batch: BytesReader, header: BatchHeader, place: BatchPlace, into: LogRecord[]): void {
  const codec = header.attributes & 0x07;
  const reader = codec === 0 ? batch : new BytesReader(readable(codec, batch.take(batch.remaining), place));
  const appendTime = (header.attributes & LOG_APPEND_TIME) !== 0;
  for (let index = 0; index < header.count; index += 1) {
    const length = reader.varint();
    const end = reader.offset + length;
    reader.int8();
    const timestampDelta = reader.varlong();
    const offset = place.baseOffset + reader.varint();
    const key = reader.varBytes();
    const value = reader.varBytes();
    const headers = readHeaders(reader);
    reader.offset = end;
    if (offset < place.from) continue;
    const timestamp = appendTime ? header.maxTimestamp : header.firstTimestamp + timestampDelta;
    into.push({ topic: place.topic, partition: place.partition, offset, timestamp, key, value, headers });
  }
}

function readHeaders(reader: BytesReader): Headers {
  const count = reader.varint();
  if (count === 0) return NO_HEADERS;
  const headers: RecordHeader[] = [];
  for (let index = 0; index < count; index += 1) {
    headers.push({ key: (reader.varBytes() ?? Buffer.alloc(0)).toString('utf8'), value: reader.varBytes() });
  }
  return headers;
}

function readable(codec: number, bytes: Buffer, place: BatchPlace): Buffer {
  const read = decompress(codec, bytes);
  if (read !== null) return read;
  throw new SerializationError(
    `${place.topic}-${place.partition} at offset ${place.baseOffset} is compressed with ` +
      `${compressionName(codec)}, which this Node cannot read; use Node >= 22.15 or another compression.`,
  );
}
