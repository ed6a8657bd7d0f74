import { messageOf } from '../internals/record-queue.ts';
import type { Serde } from '../serdes.ts';
import type { StoreBuilder } from '../store-builder.ts';
import { HttpError } from './http-service.ts';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 10_000;

/** Times in ms, inclusive: starts of windows, or the span a session must touch. */
interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** What is asked about one key. */
export interface KeyQuery {
  readonly builder: StoreBuilder;
  readonly key: unknown;
  readonly times: TimeRange;
  /** Versioned stores: the value that was valid then; null: the latest. */
  readonly asOf: number | null;
  /** The value is told as the serde writes it, in base 64, and null when there is none. */
  readonly encoded: boolean;
}

/** What is asked about all keys. */
export interface ListQuery {
  readonly builder: StoreBuilder;
  /** Bounds of the keys, inclusive; null: open. Only for stores without windows. */
  readonly from: unknown;
  readonly to: unknown;
  readonly times: TimeRange;
  readonly limit: number;
}

/** Throws `HttpError` 400 naming what is wrong. */
export function parseKeyQuery(builder: StoreBuilder, text: string, query: URLSearchParams): KeyQuery {
  if (query.has('asOf') && builder.kind !== 'versioned')
    throw new HttpError(400, `The store "${builder.name}" is not versioned; leave asOf out.`);
  const asOf = query.has('asOf') ? numberOf(query, 'asOf', 0) : null;
  return {
    builder,
    key: parseKey(builder.key, text, query),
    times: timesOf(query, hasWindows(builder)),
    asOf,
    encoded: isEncoded(builder, query),
  };
}

/** Asks for a key so that nothing of it or of its value is lost on the way, whatever their types are. */
export function toKeyQuery(
  builder: StoreBuilder,
  key: unknown,
  { stale, asOf }: { readonly stale: boolean; readonly asOf: number | undefined },
): { readonly query: KeyQuery; readonly text: string; readonly search: URLSearchParams } {
  const text = `0x${Buffer.from(builder.key.serialize(key)).toString('hex')}`;
  const search = new URLSearchParams({ keyAs: 'hex', valueAs: 'base64' });
  if (stale) search.set('stale', 'true');
  if (asOf !== undefined) search.set('asOf', String(asOf));
  return { query: parseKeyQuery(builder, text, search), text, search };
}

/** Throws `HttpError` 400 naming what is wrong. */
export function parseListQuery(builder: StoreBuilder, query: URLSearchParams): ListQuery {
  if (builder.kind === 'versioned')
    throw new HttpError(400, `The store "${builder.name}" is versioned: ask it for one key.`);
  const limit = numberOf(query, 'limit', DEFAULT_LIMIT);
  if (limit < 1 || limit > MAX_LIMIT) throw new HttpError(400, `limit must be 1 to ${MAX_LIMIT}.`);
  const windowed = hasWindows(builder);
  const bound = (name: string): unknown => {
    const text = windowed ? null : query.get(name);
    return text === null ? null : parseKey(builder.key, text, query);
  };
  return { builder, from: bound('from'), to: bound('to'), times: timesOf(query, windowed), limit };
}

function isEncoded(builder: StoreBuilder, query: URLSearchParams): boolean {
  if (query.get('valueAs') !== 'base64') return false;
  if (builder.kind === 'key-value' || builder.kind === 'versioned') return true;
  throw new HttpError(400, `The store "${builder.name}" has no single value per key; leave valueAs out.`);
}

function hasWindows({ kind }: StoreBuilder): boolean {
  return kind === 'window' || kind === 'session';
}

function timesOf(query: URLSearchParams, windowed: boolean): TimeRange {
  if (!windowed) return { from: 0, to: Number.MAX_SAFE_INTEGER };
  return { from: numberOf(query, 'from', 0), to: numberOf(query, 'to', Number.MAX_SAFE_INTEGER) };
}

/**
 * Text if the serde takes text, the JSON value otherwise, and with `keyAs=json` in any case. With
 * `keyAs=hex` it is what the serde writes.
 */
function parseKey(serde: Serde<unknown>, text: string, query: URLSearchParams): unknown {
  if (query.get('keyAs') === 'hex') return parseHex(serde, text);
  const isText = query.get('keyAs') !== 'json' && canWrite(serde, text);
  const key = isText ? text : parseJson(text);
  if (isText || canWrite(serde, key)) return key;
  throw new HttpError(400, `"${text}" is not a key of this store.`);
}

function parseHex(serde: Serde<unknown>, text: string): unknown {
  try {
    if (/^0x([\da-f]{2})*$/.test(text)) return serde.deserialize(Buffer.from(text.slice(2), 'hex'));
  } catch (cause) {
    throw new HttpError(400, `"${text}" is not a key of this store: ${messageOf(cause)}`);
  }
  throw new HttpError(400, `"${text}" is not in hexadecimal digits, as 0x0aff.`);
}

function canWrite(serde: Serde<unknown>, key: unknown): boolean {
  if (key === undefined) return false;
  try {
    serde.serialize(key);
    return true;
  } catch {
    return false;
  }
}

/** Undefined when it is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function numberOf(query: URLSearchParams, name: string, fallback: number): number {
  const text = query.get(name);
  if (text === null) return fallback;
  const value = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(value))
    throw new HttpError(400, `${name} must be a whole number, not "${text}".`);
  return value;
}
