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
export function parseStoreKey(
  kind: 'window' | 'session',
  bytes: Uint8Array,
  windowSizeMs?: number,
): StoreKey | null {
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

function readTime(view: DataView, at: number): number | null {
  const time = Number(view.getBigInt64(at));
  return time >= 0 && Number.isSafeInteger(time) ? time : null;
}
