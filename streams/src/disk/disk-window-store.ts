import type { StoreEntry, WindowBytesStore, WindowEntry } from '../internals/bytes-store.ts';
import { windowSegmentMs } from '../internals/memory-window-store.ts';
import { compareBytes } from '../internals/ordered-byte-map.ts';
import type { DiskEnvironment } from './disk-environment.ts';
import type { DiskTable } from './disk-table.ts';
import { fromDiskWindowKey, segmentStart, toDiskWindowKey } from './disk-window-key.ts';
import { entryCodec } from './entry-codec.ts';

const MAX_SEQUENCE = 0x7fff_ffff;
const HIGHEST_START = Buffer.alloc(8, 0xff);
const HIGHEST_SEQUENCE = Buffer.alloc(9, 0xff);

/**
 * A window store on disk: the same rules as `createMemoryWindowStore`. What it has seen (highest
 * window start, highest sequence) is kept behind the data, for when it is opened again.
 */
export function createDiskWindowStore(
  environment: DiskEnvironment,
  name: string,
  retentionMs: number,
): WindowBytesStore {
  const segmentMs = windowSegmentMs(retentionMs);
  const table = environment.table<StoreEntry>(name, entryCodec);
  let observed = table.get(HIGHEST_START)?.timestamp ?? -1;
  let highestSequence = table.get(HIGHEST_SEQUENCE)?.timestamp ?? 0;

  /** Highest window start that can be on disk, as of so many flushes. */
  let flushed = { upTo: observed, flushes: table.flushes };

  const oldest = (): number => observed - retentionMs + 1;
  const segmentOf = (time: number): number => Math.floor(time / segmentMs);

  function observe(windowStart: number): void {
    const previous = segmentOf(observed);
    observed = windowStart;
    table.put(HIGHEST_START, numberEntry(observed));
    if (segmentOf(observed) !== previous) table.deleteBelow(segmentStart(segmentOf(Math.max(oldest(), 0))));
  }

  /** Live segments that may hold window starts in `[from, to]`. */
  function segments(from: number, to: number): number[] {
    const first = segmentOf(Math.max(from, oldest(), 0));
    const last = segmentOf(Math.min(to, observed));
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  }

  /** Without duplicates there is one key for a window of a key. */
  function fetchOne(key: Uint8Array, windowStart: number): readonly WindowEntry[] {
    if (windowStart < Math.max(oldest(), 0) || windowStart > observed) return [];
    if (table.flushes !== flushed.flushes) flushed = { upTo: observed, flushes: table.flushes };
    const bytes = toDiskWindowKey(segmentOf(windowStart), key, windowStart, 0);
    const entry = windowStart > flushed.upTo ? table.getWaiting(bytes) : table.get(bytes);
    if (entry === undefined) return [];
    return [{ value: entry.value, timestamp: entry.timestamp, windowStart, sequence: 0 }];
  }

  return {
    kind: 'window',
    get highestSequence() {
      return highestSequence;
    },
    put(key, windowStart, sequence, entry) {
      if (windowStart > observed) observe(windowStart);
      if (sequence > highestSequence) {
        highestSequence = sequence;
        table.put(HIGHEST_SEQUENCE, numberEntry(sequence));
      }
      if (windowStart < oldest()) return false;
      table.put(toDiskWindowKey(segmentOf(windowStart), key, windowStart, sequence), entry);
      return true;
    },
    fetch(key, from, to) {
      if (from === to && highestSequence === 0) return fetchOne(key, from);
      const first = Math.max(from, oldest(), 0);
      const last = Math.min(to, observed);
      return segments(from, to).flatMap((segment) => {
        const bounds = {
          from: toDiskWindowKey(segment, key, first, 0),
          to: toDiskWindowKey(segment, key, last, MAX_SEQUENCE),
          reverse: false,
        };
        return first > last ? [] : Array.from(table.range(bounds), ([bytes, entry]) => toEntry(bytes, entry));
      });
    },
    *fetchAll(from, to) {
      const first = Math.max(from, oldest());
      const wanted = ([, { windowStart }]: Found): boolean => windowStart >= first && windowStart <= to;
      for (const found of mergeByKey(segments(from, to).map((segment) => scanSegment(table, segment)))) {
        if (wanted(found)) yield found;
      }
    },
    size: () => table.count() - (observed < 0 ? 0 : 1) - (highestSequence === 0 ? 0 : 1),
    close: () => undefined,
  };
}

type Found = [Uint8Array, WindowEntry];

function* scanSegment(table: DiskTable<StoreEntry>, segment: number): IterableIterator<Found> {
  const bounds = { from: segmentStart(segment), to: segmentStart(segment + 1), reverse: false };
  for (const [bytes, entry] of table.range(bounds)) {
    yield [fromDiskWindowKey(bytes).key, toEntry(bytes, entry)];
  }
}

/** Merges scans that are ordered by key; of equal keys the earlier scan, which is the older segment, comes first. */
function* mergeByKey(scans: readonly IterableIterator<Found>[]): IterableIterator<Found> {
  const open = scans.map((scan) => ({ scan, next: scan.next() })).filter(({ next }) => next.done !== true);
  try {
    while (open.length > 0) {
      let lowest = open[0];
      for (const each of open) {
        if (lowest === undefined || each.next.done === true || lowest.next.done === true) continue;
        if (compareBytes(each.next.value[0], lowest.next.value[0]) < 0) lowest = each;
      }
      if (lowest === undefined || lowest.next.done === true) return;
      yield lowest.next.value;
      lowest.next = lowest.scan.next();
      if (lowest.next.done === true) open.splice(open.indexOf(lowest), 1);
    }
  } finally {
    for (const { scan } of open) scan.return?.();
  }
}

function toEntry(bytes: Uint8Array, { value, timestamp }: StoreEntry): WindowEntry {
  const { windowStart, sequence } = fromDiskWindowKey(bytes);
  return { value, timestamp, windowStart, sequence };
}

function numberEntry(value: number): StoreEntry {
  return { value: Buffer.alloc(0), timestamp: value };
}
