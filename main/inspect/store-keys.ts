import type { ClusterRecord } from '../clusters/cluster-port.ts';

export type StoreKind = 'keyValue' | 'window' | 'session';

/** A changelog's key without what the store has added to it. */
export interface StoreKey {
  readonly key: Uint8Array;
  /** For a window, only its start is in the bytes. */
  readonly window: { readonly start: number; readonly end: number | null } | null;
}

/** Kafka Streams' layouts (WindowKeySchema, SessionKeySchema): what follows the raw key, in bytes, big-endian. */
const WINDOW_SUFFIX = { time: 8, sequence: 4 };
const SESSION_SUFFIX = { time: 8 };

/** Null when the bytes cannot be a key of such a store. */
export function parseStoreKey(kind: StoreKind, bytes: Uint8Array, windowSizeMs?: number): StoreKey | null {
  if (kind === 'keyValue') return { key: bytes, window: null };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (kind === 'window') {
    const at = bytes.length - WINDOW_SUFFIX.time - WINDOW_SUFFIX.sequence;
    const start = at >= 0 ? readTime(view, at) : null;
    if (start === null) return null;
    return { key: bytes.subarray(0, at), window: { start, end: windowSizeMs ? start + windowSizeMs : null } };
  }
  const at = bytes.length - 2 * SESSION_SUFFIX.time;
  const end = at >= 0 ? readTime(view, at) : null;
  const start = at >= 0 ? readTime(view, at + SESSION_SUFFIX.time) : null;
  if (start === null || end === null || start > end) return null;
  return { key: bytes.subarray(0, at), window: { start, end } };
}

/**
 * Told from the topic's cleanup policy and a few records: only windowed and session stores are also cut by time, and
 * a window never begins, nor a session end, after the record that changed it.
 */
export function inferStoreKind(cleanupPolicy: string, sample: readonly ClusterRecord[]): StoreKind {
  const policies = cleanupPolicy.split(',').map((policy) => policy.trim());
  if (!policies.includes('delete') || !policies.includes('compact') || sample.length === 0) return 'keyValue';
  if (sample.every((record) => looksLike('session', record))) return 'session';
  return sample.every((record) => looksLike('window', record)) ? 'window' : 'keyValue';
}

function looksLike(kind: 'window' | 'session', { key, timestamp }: ClusterRecord): boolean {
  const parsed = key ? parseStoreKey(kind, key) : null;
  if (!parsed?.window) return false;
  const latest = kind === 'session' ? parsed.window.end : parsed.window.start;
  return latest !== null && latest <= timestamp;
}

function readTime(view: DataView, at: number): number | null {
  const time = Number(view.getBigInt64(at));
  return time >= 0 && Number.isSafeInteger(time) ? time : null;
}
