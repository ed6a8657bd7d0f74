import type { ConfigEntry } from '#shared/contract/cluster-types.ts';
import type { StoreContent, StoreEntry, StoreKind } from '#shared/contract/inspect.ts';
import type { ClusterPort, ClusterRecord } from '../clusters/cluster-port.ts';
import { inParallel } from './in-parallel.ts';
import { historyMs, inferStoreKind, isVersioned } from './infer-store-kind.ts';
import { toPayload, toSearchText } from './payload.ts';
import { readThrough } from './read-through.ts';
import { parseStoreRows, plainRow, type StoreRow } from './store-rows.ts';
import { layoutTopic } from './topic-detail.ts';
import { compareNames } from './topics.ts';
import { toVersions } from './versions.ts';

export interface StoreRequest {
  readonly topic: string;
  readonly kind: StoreKind | 'auto';
  readonly windowSizeMs?: number;
  /** Only entries whose key or value has this text, in either case of letters. */
  readonly contains?: string;
  /** The most entries given. */
  readonly limit: number;
  readonly scan?: Partial<ScanLimits>;
}

/** When a scan stops short of the end; the answer then says so, and how far it came. */
export interface ScanLimits {
  readonly records: number;
  /** Of the values that are held while scanning. */
  readonly heldBytes: number;
  readonly milliseconds: number;
}

const SCAN: ScanLimits = { records: 2_000_000, heldBytes: 256 * 1_024 * 1_024, milliseconds: 30_000 };
const READ_BYTES = 1_024 * 1_024;
const PARALLEL_PARTITIONS = 3;
const SAMPLED_RECORDS = 20;
const ENTRY_OVERHEAD = 150;

interface Place {
  readonly partition: number;
  readonly end: number;
  position: number;
}

/** The value is a copy, because what was read is a slice that would keep its whole batch. */
interface Held {
  /** Null only in a versioned store, where a deletion ends the version before. */
  readonly value: Uint8Array | null;
  readonly timestamp: number;
  readonly offset: number;
}

interface Scan {
  /** By partition, then by the key's bytes as a string of Latin-1, which is the smallest key a Map can have. */
  readonly latest: Map<number, Map<string, Held>>;
  readonly sample: ClusterRecord[];
  /** Each record is a version of its own: none takes the place of an earlier one. */
  readonly keepsVersions: boolean;
  scanned: number;
  heldBytes: number;
}

/**
 * What a state store holds, told from its changelog: the latest value of every key that is not deleted, up to the
 * last stable offset of each partition when the reading began. It is the state as of those offsets, not the store.
 */
export async function readStore(
  port: ClusterPort,
  request: StoreRequest,
  signal: AbortSignal = new AbortController().signal,
): Promise<StoreContent> {
  const { topic } = request;
  const layout = await layoutTopic(port, topic, signal);
  const partitions = layout.partitions.map(({ partition }) => ({ topic, partition }));
  const [starts, ends, configs] = await Promise.all([
    port.listOffsets(partitions, 'earliest', signal),
    port.listOffsets(partitions, 'lastStable', signal),
    port.topicConfigs(topic, signal),
  ]);
  const places = partitions.flatMap(({ partition }, index): Place[] => {
    const end = ends[index]?.offset;
    return typeof end === 'number'
      ? [{ partition, end, position: Math.min(starts[index]?.offset ?? 0, end) }]
      : [];
  });
  const keepsVersions = request.kind === 'auto' ? isVersioned(configs) : request.kind === 'versioned';
  const scan: Scan = { latest: new Map(), sample: [], keepsVersions, scanned: 0, heldBytes: 0 };
  const stopped = await scanPlaces(port, request, places, scan, signal);
  const kind = request.kind === 'auto' ? inferStoreKind(configs, scan.sample) : request.kind;
  const { entries, keys } = collectEntries(scan, kind, request, configs);
  return {
    topic,
    kind,
    kindInferred: request.kind === 'auto',
    entries,
    keys,
    scanned: scan.scanned,
    asOf: places.map(({ partition, position, end }) => ({ partition, offset: position, end })),
    stopped,
  };
}

async function scanPlaces(
  port: ClusterPort,
  request: StoreRequest,
  places: readonly Place[],
  scan: Scan,
  signal: AbortSignal,
): Promise<StoreContent['stopped']> {
  const limits = { ...SCAN, ...request.scan };
  const late = performance.now() + limits.milliseconds;
  let stopped: StoreContent['stopped'] = 'end';
  await inParallel(places, PARALLEL_PARTITIONS, async (place) => {
    const { partition, position: from, end: to } = place;
    const { topic } = request;
    const range = { topic, partition, from, to, isolation: 'read_committed', maxBytes: READ_BYTES } as const;
    if (from >= to) return;
    for await (const answer of readThrough(port, range, signal)) {
      for (const record of answer.records) if (record.offset < to) applyRecord(scan, record);
      place.position = Math.min(answer.next, to);
      if (scan.scanned >= limits.records || scan.heldBytes >= limits.heldBytes) stopped = 'scan-limit';
      else if (performance.now() > late) stopped = 'time-limit';
      if (stopped !== 'end') return;
    }
  });
  return signal.aborted ? 'cancelled' : stopped;
}

function applyRecord(scan: Scan, record: ClusterRecord): void {
  scan.scanned += 1;
  const { key: bytes, value, timestamp, offset } = record;
  if (bytes === null) return;
  if (value !== null && scan.sample.length < SAMPLED_RECORDS) scan.sample.push(record);
  const latest = latestOf(scan, record.partition);
  const key = toBuffer(bytes).toString('latin1') + (scan.keepsVersions ? timeSuffix(timestamp) : '');
  const before = latest.get(key);
  if (before) scan.heldBytes -= sizeOf(key, before);
  if (value === null && !scan.keepsVersions) {
    latest.delete(key);
    return;
  }
  const held = { value: value === null ? null : Buffer.from(value), timestamp, offset };
  latest.set(key, held);
  scan.heldBytes += sizeOf(key, held);
}

const TIME_BYTES = 8;

function timeSuffix(timestamp: number): string {
  const bytes = Buffer.alloc(TIME_BYTES);
  bytes.writeBigInt64BE(BigInt(timestamp));
  return bytes.toString('latin1');
}

function latestOf(scan: Scan, partition: number): Map<string, Held> {
  const existing = scan.latest.get(partition);
  if (existing) return existing;
  const created = new Map<string, Held>();
  scan.latest.set(partition, created);
  return created;
}

interface Match {
  readonly partition: number;
  readonly order: string;
  readonly offset: number;
  /** What it stands for; told only of what is shown or searched. */
  readonly rows: () => readonly StoreRow[];
}

function collectEntries(
  scan: Scan,
  kind: StoreKind,
  { contains, limit, windowSizeMs }: StoreRequest,
  configs: readonly ConfigEntry[],
): { entries: StoreEntry[]; keys: number } {
  const wanted = contains?.toLowerCase();
  const matching: Match[] = [];
  const all = scan.keepsVersions
    ? versionsOf(scan, historyMs(configs))
    : latestRows(scan, kind, windowSizeMs);
  for (const match of all) {
    if (!wanted || match.rows().some((row) => hasText(row, wanted))) matching.push(match);
  }
  const chosen = matching.sort(byKey).slice(0, limit);
  return { entries: chosen.flatMap(toEntries).slice(0, limit), keys: matching.length };
}

function* latestRows({ latest }: Scan, kind: StoreKind, windowSizeMs?: number): Generator<Match> {
  for (const [partition, ofPartition] of latest) {
    for (const [order, { value, timestamp, offset }] of ofPartition) {
      if (value === null) continue;
      const rows = (): readonly StoreRow[] => {
        const record = { key: Buffer.from(order, 'latin1'), value, timestamp };
        return parseStoreRows(kind, record, windowSizeMs) ?? [plainRow(record)];
      };
      yield { partition, order, offset, rows };
    }
  }
}

function* versionsOf({ latest }: Scan, history: number | null): Generator<Match> {
  for (const [partition, ofPartition] of latest) {
    const records = [...ofPartition].map(([order, held]) => ({
      ...held,
      order,
      key: Buffer.from(order.slice(0, -TIME_BYTES), 'latin1'),
    }));
    for (const { row, order, offset } of toVersions(records, history)) {
      yield { partition, order, offset, rows: () => [row] };
    }
  }
}

function hasText({ key, value }: StoreRow, wanted: string): boolean {
  return (
    toSearchText(key).toLowerCase().includes(wanted) || toSearchText(value).toLowerCase().includes(wanted)
  );
}

function toEntries({ rows, partition, offset }: Match): readonly StoreEntry[] {
  return rows().map(({ key, value, window, timestamp, detail }) => ({
    key: toPayload(key, 'when-not-text'),
    window,
    // Counts and sums are kept as eight bytes.
    value: toPayload(value, 'when-not-text'),
    detail,
    timestamp,
    partition,
    offset,
  }));
}

/** Latin-1 strings compare as their bytes do. */
function byKey(a: Match, b: Match): number {
  return compareNames(a.order, b.order) || a.partition - b.partition;
}

function sizeOf(key: string, { value }: Held): number {
  return ENTRY_OVERHEAD + key.length + (value?.length ?? 0);
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
