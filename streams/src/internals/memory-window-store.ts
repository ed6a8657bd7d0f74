import type { StoreEntry, WindowBytesStore, WindowEntry } from './bytes-store.ts';
import { HashedByteMap } from './hashed-byte-map.ts';
import { compareBytes } from './ordered-byte-map.ts';

const MIN_SEGMENT_MS = 60_000;

/** Windows are freed in steps of this length, as Kafka Streams does it. */
export function windowSegmentMs(retentionMs: number): number {
  return Math.max(Math.floor(retentionMs / 2), MIN_SEGMENT_MS);
}

/**
 * A window store in memory. Windows at or below `highest window start - retention` are gone at once
 * for readers; their space is freed by segments, as Kafka Streams does it.
 */
export function createMemoryWindowStore(retentionMs: number): WindowBytesStore {
  const segmentMs = windowSegmentMs(retentionMs);
  /** Per segment, oldest first: the values of a key by window start and sequence. */
  let segments: Segment[] = [];
  let observed = -1;
  let highestSequence = 0;

  const oldest = (): number => observed - retentionMs + 1;

  function fetch(key: Uint8Array, from: number, to: number): readonly WindowEntry[] {
    const first = Math.max(from, oldest());
    let found: readonly WindowEntry[] = NO_ENTRIES;
    for (const { id, byKey } of segments) {
      if ((id + 1) * segmentMs <= first || id * segmentMs > to) continue;
      const entries = byKey.get(key);
      if (entries === undefined) continue;
      const part = between(entries, first, to);
      found = found.length === 0 ? part : [...found, ...part];
    }
    return found;
  }

  function segmentOf(windowStart: number): Segment {
    const id = Math.floor(windowStart / segmentMs);
    const last = segments[segments.length - 1];
    if (last?.id === id) return last;
    const found = segments.find((each) => each.id === id);
    if (found !== undefined) return found;
    const segment = { id, byKey: new HashedByteMap<WindowEntry[]>(), size: 0 };
    segments = [...segments, segment].sort((left, right) => left.id - right.id);
    return segment;
  }

  return {
    kind: 'window',
    get highestSequence() {
      return highestSequence;
    },
    put(key, windowStart, sequence, entry: StoreEntry | null) {
      if (sequence > highestSequence) highestSequence = sequence;
      if (windowStart > observed) {
        observed = windowStart;
        const live = Math.floor(Math.max(oldest(), 0) / segmentMs);
        if ((segments[0]?.id ?? live) < live) segments = segments.filter(({ id }) => id >= live);
      }
      if (windowStart < oldest()) return false;
      const segment = segmentOf(windowStart);
      if (entry === null) remove(segment, key, windowStart, sequence);
      else insert(segment, key, { value: entry.value, timestamp: entry.timestamp, windowStart, sequence });
      return true;
    },
    fetch,
    *fetchAll(from, to) {
      const first = Math.max(from, oldest());
      const found: [Uint8Array, WindowEntry][] = [];
      for (const { id, byKey } of segments) {
        if ((id + 1) * segmentMs <= first || id * segmentMs > to) continue;
        for (const [key, entries] of byKey.entries()) {
          for (const entry of between(entries, first, to)) found.push([key, entry]);
        }
      }
      yield* found.sort(compareEntries);
    },
    size: () => segments.reduce((sum, { size }) => sum + size, 0),
    close() {
      segments = [];
    },
  };
}

interface Segment {
  readonly id: number;
  readonly byKey: HashedByteMap<WindowEntry[]>;
  size: number;
}

const NO_ENTRIES: readonly WindowEntry[] = [];

function insert(segment: Segment, key: Uint8Array, entry: WindowEntry): void {
  const entries = segment.byKey.get(key);
  if (entries === undefined) {
    segment.byKey.set(key, [entry]);
    segment.size += 1;
    return;
  }
  const at = position(entries, entry.windowStart, entry.sequence);
  const found = entries[at];
  if (found !== undefined && found.windowStart === entry.windowStart && found.sequence === entry.sequence) {
    entries[at] = entry;
    return;
  }
  entries.splice(at, 0, entry);
  segment.size += 1;
}

function remove(segment: Segment, key: Uint8Array, windowStart: number, sequence: number): void {
  const entries = segment.byKey.get(key);
  if (entries === undefined) return;
  const at = position(entries, windowStart, sequence);
  const found = entries[at];
  if (found === undefined || found.windowStart !== windowStart || found.sequence !== sequence) return;
  entries.splice(at, 1);
  segment.size -= 1;
  if (entries.length === 0) segment.byKey.delete(key);
}

/** Entries with window starts in `[from, to]`; a copy, so that it stays as it is while one reads. */
function between(entries: readonly WindowEntry[], from: number, to: number): readonly WindowEntry[] {
  const start = position(entries, from, 0);
  let end = start;
  for (let entry = entries[end]; entry !== undefined && entry.windowStart <= to; entry = entries[end]) {
    end += 1;
  }
  return start === end ? NO_ENTRIES : entries.slice(start, end);
}

function compareEntries(
  [leftKey, left]: readonly [Uint8Array, WindowEntry],
  [rightKey, right]: readonly [Uint8Array, WindowEntry],
): number {
  return (
    compareBytes(leftKey, rightKey) || left.windowStart - right.windowStart || left.sequence - right.sequence
  );
}

/** Index of the first entry not before this window start and sequence. */
function position(entries: readonly WindowEntry[], windowStart: number, sequence: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = entries[middle];
    const before =
      entry !== undefined &&
      (entry.windowStart < windowStart || (entry.windowStart === windowStart && entry.sequence < sequence));
    if (before) low = middle + 1;
    else high = middle;
  }
  return low;
}
