import type { VersionedPut } from '../state-stores.ts';
import type { KeyValueBytesStore, StoreEntry } from './bytes-store.ts';
import { readInt64, writeInt64 } from './int64.ts';
import {
  beginOf,
  decodeRow,
  encodeRow,
  type VersionedRow,
  versionAt,
  withNewest,
  withOldest,
  withVersion,
} from './versioned-row.ts';

const LATEST = 0;
const SEGMENT = 1;
const SEGMENT_KEY_BYTES = 9;

/**
 * Versions of values in an ordered store: the latest of each key, and older ones in segments of time, by
 * the time they ended; a segment older than the history is dropped as a whole. Records later than the history
 * are not taken. Follows Kafka Streams' `RocksDBVersionedStore` to the letter, what it forgets included.
 */
export class VersionedBytes {
  readonly #bytes: KeyValueBytesStore;
  readonly #historyMs: number;
  readonly #segmentMs: number;
  #segments: number[] | null = null;
  #streamTime = -1;

  constructor(bytes: KeyValueBytesStore, historyRetentionMs: number) {
    this.#bytes = bytes;
    this.#historyMs = historyRetentionMs;
    this.#segmentMs = segmentInterval(historyRetentionMs);
  }

  get(key: Uint8Array): StoreEntry | undefined {
    return this.#bytes.get(latestKey(key));
  }

  /** The version valid at a time; beyond the history only when it still is the latest. */
  getAsOf(key: Uint8Array, timestamp: number): StoreEntry | undefined {
    const latest = this.get(key);
    if (latest !== undefined && latest.timestamp <= timestamp) return latest;
    if (timestamp < this.#streamTime - this.#historyMs) return undefined;
    for (const segment of this.#segmentsFrom(timestamp)) {
      const row = this.#row(segment, key);
      if (row === null) continue;
      if (row.next <= timestamp) return undefined;
      if (beginOf(row) > timestamp) continue;
      const { version } = versionAt(row, timestamp);
      return version.value === null ? undefined : { value: version.value, timestamp: version.from };
    }
    return undefined;
  }

  put(key: Uint8Array, value: Uint8Array | null, timestamp: number): VersionedPut {
    if (timestamp < this.#streamTime - this.#historyMs) return 'expired';
    this.#streamTime = Math.max(this.#streamTime, timestamp);
    this.#dropOldSegments();
    const latest = this.get(key);
    if (latest === undefined || timestamp < latest.timestamp) {
      return this.#putBefore(key, value, timestamp, latest?.timestamp ?? null);
    }
    if (timestamp > latest.timestamp) {
      const segment = this.#segmentOf(timestamp);
      const version = { from: latest.timestamp, value: latest.value };
      this.#write(segment, key, withNewest(this.#row(segment, key), version, timestamp));
    }
    this.#bytes.put(latestKey(key), value === null ? null : { value, timestamp });
    return 'latest';
  }

  /** Puts a version that begins before the latest, or when there is none. */
  #putBefore(key: Uint8Array, value: Uint8Array | null, from: number, latest: number | null): VersionedPut {
    let validTo = latest;
    for (const segment of this.#segmentsFrom(from)) {
      const row = this.#row(segment, key);
      if (row === null) continue;
      if (row.next <= from) break;
      if (beginOf(row) <= from) {
        this.#putWithin(segment, row, key, { from, value });
        return 'older';
      }
      validTo = beginOf(row);
    }
    if (validTo === null) {
      if (value === null) this.#markDeleted(key, from);
      else this.#bytes.put(latestKey(key), { value, timestamp: from });
      return 'latest';
    }
    const segment = this.#segmentOf(validTo);
    const row = this.#row(segment, key);
    const inserted =
      row === null || row.next <= from
        ? withNewest(row, { from, value }, validTo)
        : withOldest(row, { from, value });
    this.#write(segment, key, inserted);
    return 'older';
  }

  /** Puts a version among those of a segment; what it cuts short may now belong into an older segment. */
  #putWithin(
    segment: number,
    row: VersionedRow,
    key: Uint8Array,
    version: { readonly from: number; readonly value: Uint8Array | null },
  ): void {
    const { index, version: before } = versionAt(row, version.from);
    const older = this.#segmentOf(version.from);
    const moves = before.from !== version.from && older !== segment;
    if (moves) this.#write(older, key, withNewest(this.#row(older, key), before, version.from));
    this.#write(segment, key, withVersion(row, index, version, moves || before.from === version.from));
  }

  /** Deletions are no latest values, since those never expire: they are kept in a segment. */
  #markDeleted(key: Uint8Array, from: number): void {
    const segment = this.#segmentOf(from);
    const row = this.#row(segment, key);
    if (row === null) this.#write(segment, key, { next: from, versions: [{ from, value: null }] });
    else if (row.next !== from)
      this.#write(segment, key, withNewest(row, { from: row.next, value: null }, from));
  }

  #segmentOf(timestamp: number): number {
    return Math.trunc(timestamp / this.#segmentMs);
  }

  #row(segment: number, key: Uint8Array): VersionedRow | null {
    const entry = this.#bytes.get(segmentKey(segment, key));
    return entry === undefined ? null : decodeRow(entry.value);
  }

  #write(segment: number, key: Uint8Array, row: VersionedRow): void {
    this.#bytes.put(segmentKey(segment, key), { value: encodeRow(row), timestamp: -1 });
    const known = this.#known();
    if (known.includes(segment)) return;
    known.push(segment);
    known.sort((one, two) => one - two);
  }

  /** Segments that may hold versions valid at a time or later, newest first. */
  #segmentsFrom(timestamp: number): number[] {
    const first = this.#segmentOf(timestamp);
    return this.#known()
      .filter((segment) => segment >= first)
      .reverse();
  }

  #dropOldSegments(): void {
    const live = this.#segmentOf(this.#streamTime - this.#historyMs);
    const known = this.#known();
    for (let oldest = known[0]; oldest !== undefined && oldest < live; oldest = known[0]) {
      const range = { from: segmentKey(oldest), to: segmentKey(oldest + 1), reverse: false };
      for (const [key] of this.#bytes.range(range)) {
        // The end of the range is the next segment's row of an empty key.
        if (readInt64(key, 1) === oldest) this.#bytes.put(key, null);
      }
      known.shift();
    }
  }

  /** The segments there are, oldest first; found out once, since a store on disk has some from before. */
  #known(): number[] {
    if (this.#segments !== null) return this.#segments;
    const found: number[] = [];
    const to = Uint8Array.of(SEGMENT + 1);
    const next = (from: number): number | null => {
      for (const [key] of this.#bytes.range({ from: segmentKey(from), to, reverse: false })) {
        return readInt64(key, 1);
      }
      return null;
    };
    for (let segment = next(0); segment !== null; segment = next(segment + 1)) found.push(segment);
    this.#segments = found;
    return found;
  }
}

/** How long a segment is, by the length of the history. */
function segmentInterval(historyMs: number): number {
  if (historyMs <= 60_000) return Math.max(Math.floor(historyMs / 3), 2_000);
  if (historyMs <= 300_000) return Math.max(Math.floor(historyMs / 5), 20_000);
  if (historyMs <= 3_600_000) return Math.max(Math.floor(historyMs / 12), 60_000);
  return Math.max(Math.floor(historyMs / 24), 300_000);
}

function latestKey(key: Uint8Array): Uint8Array {
  return Buffer.concat([Uint8Array.of(LATEST), key]);
}

function segmentKey(segment: number, key: Uint8Array = new Uint8Array(0)): Uint8Array {
  const bytes = Buffer.allocUnsafe(SEGMENT_KEY_BYTES + key.length);
  bytes[0] = SEGMENT;
  writeInt64(bytes, segment, 1);
  bytes.set(key, SEGMENT_KEY_BYTES);
  return bytes;
}
