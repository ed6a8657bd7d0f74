import type { StoreEntry, WindowBytesStore, WindowEntry } from './bytes-store.ts';
import { OrderedByteMap } from './ordered-byte-map.ts';

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
  const byKey = new OrderedByteMap<WindowEntry[]>();
  const segments = new Map<number, { key: Uint8Array; windowStart: number }[]>();
  let observed = -1;
  let highestSequence = 0;
  let size = 0;

  const oldest = (): number => observed - retentionMs + 1;

  function remove(key: Uint8Array, windowStart: number, sequence: number | null): void {
    const entries = byKey.get(key);
    if (entries === undefined) return;
    const at = position(entries, windowStart, sequence ?? 0);
    let count = 0;
    for (let entry = entries[at]; entry?.windowStart === windowStart; entry = entries[at + count]) {
      if (sequence !== null && entry.sequence !== sequence) break;
      count += 1;
    }
    entries.splice(at, count);
    size -= count;
    if (entries.length === 0) byKey.delete(key);
  }

  function expire(): void {
    const live = Math.floor(Math.max(oldest(), 0) / segmentMs);
    for (const [id, members] of segments) {
      if (id >= live) continue;
      for (const member of members) remove(member.key, member.windowStart, null);
      segments.delete(id);
    }
  }

  function insert(key: Uint8Array, entry: WindowEntry): void {
    let entries = byKey.get(key);
    if (entries === undefined) {
      entries = [];
      byKey.set(key, entries);
    }
    const at = position(entries, entry.windowStart, entry.sequence);
    const found = entries[at];
    if (found !== undefined && found.windowStart === entry.windowStart && found.sequence === entry.sequence) {
      entries[at] = entry;
      return;
    }
    entries.splice(at, 0, entry);
    size += 1;
    const id = Math.floor(entry.windowStart / segmentMs);
    const segment = segments.get(id);
    if (segment === undefined) segments.set(id, [{ key, windowStart: entry.windowStart }]);
    else segment.push({ key, windowStart: entry.windowStart });
  }

  return {
    kind: 'window',
    get highestSequence() {
      return highestSequence;
    },
    put(key, windowStart, sequence, entry: StoreEntry | null) {
      if (sequence > highestSequence) highestSequence = sequence;
      if (windowStart > observed) {
        const previous = Math.floor(observed / segmentMs);
        observed = windowStart;
        if (Math.floor(observed / segmentMs) !== previous) expire();
      }
      if (windowStart < oldest()) return false;
      if (entry === null) remove(key, windowStart, sequence);
      else insert(key, { ...entry, windowStart, sequence });
      return true;
    },
    fetch(key, from, to) {
      const entries = byKey.get(key) ?? [];
      const start = position(entries, Math.max(from, oldest()), 0);
      let end = start;
      for (let entry = entries[end]; entry !== undefined && entry.windowStart <= to; entry = entries[end]) {
        end += 1;
      }
      return entries.slice(start, end);
    },
    *fetchAll(from, to) {
      for (const [key] of byKey.entries({ from: null, to: null, reverse: false })) {
        for (const entry of this.fetch(key, from, to)) yield [key, entry];
      }
    },
    size: () => size,
    close() {
      byKey.clear();
      segments.clear();
    },
  };
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
