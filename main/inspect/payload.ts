import { isUtf8 } from 'node:buffer';
import type { Payload, RecordView } from '#shared/contract/cluster-types.ts';
import type { ClusterRecord } from '../clusters/cluster-port.ts';

/** What eight bytes may be taken for: `long` when they are no text, `never` when a number would be a guess. */
export type LongHint = 'long' | 'when-not-text' | 'never';

/** The most characters of a payload that are shown; its whole length is told beside them. */
export const PAYLOAD_CHARACTERS = 4_096;
const PARSED_BYTES = 64 * 1_024;
const TEXT_PROBE_BYTES = 4_096;
const LONG_BYTES = 8;

/** Bytes as a person can read them. What they are is told from the bytes alone: no schema is known here. */
export function toPayload(bytes: Uint8Array | null, long: LongHint = 'never'): Payload {
  if (bytes === null) return { kind: 'null', text: '', bytes: 0, truncated: false };
  if (long === 'long' && bytes.length === LONG_BYTES) return longPayload(bytes);
  if (isText(bytes)) return textPayload(bytes);
  if (long === 'when-not-text' && bytes.length === LONG_BYTES && isPlausibleLong(bytes))
    return longPayload(bytes);
  return binaryPayload(bytes);
}

export function toRecordView(record: ClusterRecord): RecordView {
  return {
    partition: record.partition,
    offset: record.offset,
    timestamp: record.timestamp,
    key: toPayload(record.key, 'when-not-text'),
    value: toPayload(record.value),
    headers: record.headers.map(({ key, value }) => ({ key, value: toPayload(value) })),
  };
}

/** The whole of the bytes as text, for a search; binary ones as hex. */
export function toSearchText(bytes: Uint8Array | null): string {
  if (bytes === null) return '';
  return isText(bytes) ? toBuffer(bytes).toString('utf8') : toBuffer(bytes).toString('hex');
}

function textPayload(bytes: Uint8Array): Payload {
  const kind = isJson(bytes) ? 'json' : 'text';
  // No character of UTF-8 has more than four bytes, so these hold all that is shown.
  const shown = toBuffer(bytes.subarray(0, PAYLOAD_CHARACTERS * 4)).toString('utf8');
  const truncated = shown.length > PAYLOAD_CHARACTERS || bytes.length > PAYLOAD_CHARACTERS * 4;
  const text = truncated ? cutBetweenCharacters(shown, PAYLOAD_CHARACTERS) : shown;
  return { kind, text, bytes: bytes.length, truncated };
}

function binaryPayload(bytes: Uint8Array): Payload {
  const shown = PAYLOAD_CHARACTERS / 2;
  return {
    kind: 'binary',
    text: toBuffer(bytes.subarray(0, shown)).toString('hex'),
    bytes: bytes.length,
    truncated: bytes.length > shown,
  };
}

function longPayload(bytes: Uint8Array): Payload {
  const text = toBuffer(bytes).readBigInt64BE().toString();
  return { kind: 'long', text, bytes: LONG_BYTES, truncated: false };
}

/** Valid UTF-8 whose beginning has no control characters but tabs and line ends. */
function isText(bytes: Uint8Array): boolean {
  for (const byte of bytes.subarray(0, TEXT_PROBE_BYTES)) {
    if ((byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) || byte === 0x7f) return false;
  }
  return isUtf8(bytes);
}

/** Objects, arrays and quoted strings; a bare number or word is the same to a reader as text. */
function isJson(bytes: Uint8Array): boolean {
  const text = toBuffer(bytes);
  const first = text.subarray(0, 64).toString('latin1').trimStart()[0];
  const last = text.subarray(-64).toString('latin1').trimEnd().at(-1);
  const closing = first === '{' ? '}' : first === '[' ? ']' : first === '"' ? '"' : undefined;
  if (closing === undefined || last !== closing) return false;
  if (bytes.length > PARSED_BYTES) return true;
  try {
    JSON.parse(text.toString('utf8'));
    return true;
  } catch {
    return false;
  }
}

/** Counts and ids are far from the ends of 64 bits; a double or a hash is not. */
function isPlausibleLong(bytes: Uint8Array): boolean {
  return Number.isSafeInteger(Number(toBuffer(bytes).readBigInt64BE()));
}

function cutBetweenCharacters(text: string, limit: number): string {
  const last = text.charCodeAt(limit - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, splitsPair ? limit - 1 : limit);
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
