import type { ScanOptions } from '../state-stores.ts';
import type { KeyValueBytesStore, StoreEntry } from './bytes-store.ts';
import { compareBytes } from './ordered-byte-map.ts';
import { afterSessions, fromSessionKey, sessionBounds, sessionEnd } from './session-key.ts';

const MIN_SEGMENT_MS = 60_000;

/**
 * Sessions as ordered bytes. A session whose end is at or below `highest end - retention` is gone at
 * once for readers; its space is freed by segments, as Kafka Streams does it.
 */
export class SessionBytes {
  readonly #bytes: KeyValueBytesStore;
  readonly #retentionMs: number;
  readonly #segmentMs: number;
  #highestEnd = -1;

  constructor(bytes: KeyValueBytesStore, retentionMs: number) {
    this.#bytes = bytes;
    this.#retentionMs = retentionMs;
    this.#segmentMs = Math.max(Math.floor(retentionMs / 2), MIN_SEGMENT_MS);
  }

  /** False when the session belongs to a segment that is gone: nothing is kept then. */
  put(key: Uint8Array, value: Uint8Array | null): boolean {
    const end = sessionEnd(key);
    if (end > this.#highestEnd) this.#advance(end);
    if (this.#segment(end) < this.#oldestSegment()) return false;
    this.#bytes.put(key, value === null ? null : { value, timestamp: -1 });
    return true;
  }

  remove(key: Uint8Array): void {
    this.#bytes.put(key, null);
  }

  /** As `get`, until the session's segment is gone. */
  kept(key: Uint8Array): StoreEntry | undefined {
    return this.#bytes.get(key);
  }

  allKept(): IterableIterator<[Uint8Array, StoreEntry]> {
    return this.#bytes.range({ from: null, to: null, reverse: false });
  }

  get(key: Uint8Array): StoreEntry | undefined {
    return this.#isLive(key) ? this.#bytes.get(key) : undefined;
  }

  /** The sessions of one key with `end >= earliestEnd` and `start <= latestStart`, by end and start. */
  *find(
    key: Uint8Array,
    earliestEnd: number,
    latestStart: number,
    options: ScanOptions,
  ): IterableIterator<[Uint8Array, StoreEntry]> {
    const bounds = sessionBounds(key, Math.max(earliestEnd, this.#oldestEnd()));
    for (const found of this.#bytes.range({ ...bounds, reverse: options.reverse ?? false })) {
      const parts = fromSessionKey(found[0]);
      if (compareBytes(parts.key, key) === 0 && parts.window.start <= latestStart) yield found;
    }
  }

  /** The sessions of all keys between two keys, both inclusive. */
  *range(
    from: Uint8Array | null,
    to: Uint8Array | null,
    options: ScanOptions,
  ): IterableIterator<[Uint8Array, StoreEntry]> {
    const above = to === null ? null : afterSessions(to);
    for (const found of this.#bytes.range({ from, to: above, reverse: options.reverse ?? false })) {
      const { key } = fromSessionKey(found[0]);
      const within =
        (from === null || compareBytes(key, from) >= 0) && (to === null || compareBytes(key, to) <= 0);
      if (within && this.#isLive(found[0])) yield found;
    }
  }

  #isLive(key: Uint8Array): boolean {
    return sessionEnd(key) >= this.#oldestEnd();
  }

  #oldestEnd(): number {
    return this.#highestEnd - this.#retentionMs + 1;
  }

  #segment(time: number): number {
    return Math.floor(time / this.#segmentMs);
  }

  #oldestSegment(): number {
    return this.#segment(this.#highestEnd - this.#retentionMs);
  }

  /** Moves on; where that ends a segment, its sessions are removed. */
  #advance(end: number): void {
    const before = this.#oldestSegment();
    this.#highestEnd = end;
    const oldest = this.#oldestSegment();
    if (oldest <= Math.max(before, 0)) return;
    for (const [key] of this.#bytes.range({ from: null, to: null, reverse: false })) {
      if (this.#segment(sessionEnd(key)) < oldest) this.#bytes.put(key, null);
    }
  }
}
