import type { Bindings } from '#shared/expressions/compile-expression.ts';
import type { Json } from '#shared/expressions/typed-expression.ts';
import type { ClusterRecord } from '../clusters/cluster-port.ts';
import { toPayload, toSearchText } from './payload.ts';

const PARSED_BYTES = 4 * 1_024 * 1_024;

/** A record as a filter sees it: JSON read as JSON, text as text, and other bytes as hex. */
export function toBindings(record: ClusterRecord): Bindings {
  return {
    key: toJson(record.key, true),
    value: toJson(record.value, false),
    headers: Object.fromEntries(record.headers.map(({ key, value }) => [key, toJson(value, false)])),
    partition: record.partition,
    offset: record.offset,
    timestamp: record.timestamp,
  };
}

function toJson(bytes: Uint8Array | null, isKey: boolean): Json {
  if (bytes === null) return null;
  if (isKey && bytes.length === 8 && toPayload(bytes, 'when-not-text').kind === 'long') {
    return Number(toPayload(bytes, 'when-not-text').text);
  }
  const text = toSearchText(bytes);
  if (bytes.length > PARSED_BYTES || !/^\s*[[{"\-\dtfn]/.test(text)) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
