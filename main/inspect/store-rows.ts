import type { StoreEntry, StoreKind } from '#shared/contract/inspect.ts';
import { toPayload } from './payload.ts';
import { parseStoreKey } from './store-keys.ts';
import {
  parseBufferedValue,
  parseGraceKey,
  parseSubscription,
  parseSubscriptionKey,
  parseWaitingKey,
  parseWaitingValues,
} from './waiting-rows.ts';

/** A record of a changelog, as it is the latest of its key. */
export interface StoredRecord {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
  readonly timestamp: number;
}

/** What a record says of its store, still in bytes. */
export interface StoreRow {
  readonly key: Uint8Array;
  readonly window: StoreEntry['window'];
  readonly value: Uint8Array | null;
  readonly timestamp: number;
  readonly detail: StoreEntry['detail'];
}

/** The rows that a record of a changelog stands for; null when its bytes are not those of such a store. */
export function parseStoreRows(
  kind: StoreKind,
  record: StoredRecord,
  windowSizeMs?: number,
): readonly StoreRow[] | null {
  switch (kind) {
    case 'keyValue':
    case 'versioned':
      return [plainRow(record)];
    case 'window':
    case 'session': {
      const found = parseStoreKey(kind, record.key, windowSizeMs);
      return found === null ? null : [{ ...plainRow(record), ...found }];
    }
    case 'suppress':
      return parseHeldBack(record);
    case 'graceBuffer':
      return parseGrace(record);
    case 'outerJoin':
      return parseWaiting(record);
    case 'subscription':
      return parseSubscriber(record);
  }
}

/** The bytes as they are, where nothing else can be told. */
export function plainRow({ key, value, timestamp }: StoredRecord): StoreRow {
  return { key, value, timestamp, window: null, detail: null };
}

function parseHeldBack({ key, value }: StoredRecord): readonly StoreRow[] | null {
  const held = parseBufferedValue(value);
  if (held === null) return null;
  const { timestamp, before, time } = held;
  const detail = { of: 'heldBack' as const, waitsFrom: time, before: toPayload(before, 'when-not-text') };
  return [{ ...heldKey(key, time), value: held.value, timestamp, detail }];
}

const YEAR_MS = 366 * 86_400_000;

/**
 * A suppress buffer has the keys of any table: of windows when times follow the raw key, which end at
 * the row's time (sessions) or begin not long before it (other windows).
 */
function heldKey(bytes: Uint8Array, time: number): Pick<StoreRow, 'key' | 'window'> {
  const session = parseStoreKey('session', bytes);
  if (session?.window?.end === time) return session;
  if (bytes.length <= 8) return { key: bytes, window: null };
  const at = bytes.length - 8;
  const start = Number(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigInt64(at));
  const isStart = start >= 0 && start <= time && time - start <= YEAR_MS;
  return isStart
    ? { key: bytes.subarray(0, at), window: { start, end: null } }
    : { key: bytes, window: null };
}

function parseGrace({ key, value }: StoredRecord): readonly StoreRow[] | null {
  const place = parseGraceKey(key);
  const held = parseBufferedValue(value);
  if (place === null || held === null) return null;
  return [{ key: place.key, value: held.value, timestamp: place.timestamp, window: null, detail: null }];
}

function parseWaiting({ key, value }: StoredRecord): readonly StoreRow[] | null {
  const place = parseWaitingKey(key);
  const values = parseWaitingValues(value);
  if (place === null || values === null) return null;
  const detail = { of: 'waitsForPartner' as const, side: place.side };
  return values.map((each) => ({ ...place, value: each, window: null, detail }));
}

function parseSubscriber({ key, value, timestamp }: StoredRecord): readonly StoreRow[] | null {
  const place = parseSubscriptionKey(key);
  const subscription = place === null ? null : parseSubscription(value, place);
  if (place === null || subscription === null) return null;
  const { hash, partition } = subscription;
  const text = hash === null ? null : Buffer.from(hash).toString('hex');
  const detail = { of: 'subscribes' as const, hash: text, partition };
  return [{ key: place.foreignKey, value: place.primaryKey, timestamp, window: null, detail }];
}
