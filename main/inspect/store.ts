import type { StoreContent, StoreEntry } from '#shared/contract/inspect.ts';
import type { ClusterPort, ClusterRecord } from '../clusters/cluster-port.ts';
import { inParallel } from './in-parallel.ts';
import { toPayload, toSearchText } from './payload.ts';
import { readThrough } from './read-through.ts';
import { inferStoreKind, parseStoreKey, type StoreKey, type StoreKind } from './store-keys.ts';
import { layoutTopic } from './topic-detail.ts';
import { compareNames } from './topics.ts';

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
  readonly value: Uint8Array;
  readonly timestamp: number;
  readonly offset: number;
}

interface Scan {
  /** By partition, then by the key's bytes as a string of Latin-1, which is the smallest key a Map can have. */
  readonly latest: Map<number, Map<string, Held>>;
  readonly sample: ClusterRecord[];
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
  const scan: Scan = { latest: new Map(), sample: [], scanned: 0, heldBytes: 0 };
  const stopped = await scanPlaces(port, request, places, scan, signal);
  const policy = configs.find(({ name }) => name === 'cleanup.policy')?.value ?? '';
  const kind = request.kind === 'auto' ? inferStoreKind(policy, scan.sample) : request.kind;
  const { entries, keys } = collectEntries(scan, kind, request);
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
  if (record.key === null) return;
  if (scan.sample.length < SAMPLED_RECORDS) scan.sample.push(record);
  const latest = latestOf(scan, record.partition);
  const key = toBuffer(record.key).toString('latin1');
  const before = latest.get(key);
  if (before) scan.heldBytes -= sizeOf(key, before);
  if (record.value === null) {
    latest.delete(key);
    return;
  }
  const { timestamp, offset } = record;
  const held = { value: Buffer.from(record.value), timestamp, offset };
  latest.set(key, held);
  scan.heldBytes += sizeOf(key, held);
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
  readonly held: Held;
}

function collectEntries(
  { latest }: Scan,
  kind: StoreKind,
  { contains, limit, windowSizeMs }: StoreRequest,
): { entries: StoreEntry[]; keys: number } {
  const wanted = contains?.toLowerCase();
  const matching: Match[] = [];
  for (const [partition, ofPartition] of latest) {
    for (const [order, held] of ofPartition) {
      if (!wanted || matches(order, held, kind, wanted)) matching.push({ partition, order, held });
    }
  }
  const chosen = matching.sort(byKey).slice(0, limit);
  return { entries: chosen.map((match) => toEntry(match, kind, windowSizeMs)), keys: matching.length };
}

function matches(order: string, { value }: Held, kind: StoreKind, wanted: string): boolean {
  const { key } = toStoreKey(order, kind);
  return (
    toSearchText(key).toLowerCase().includes(wanted) || toSearchText(value).toLowerCase().includes(wanted)
  );
}

function toEntry(
  { order, held, partition }: Match,
  kind: StoreKind,
  windowSizeMs: number | undefined,
): StoreEntry {
  const { key, window } = toStoreKey(order, kind, windowSizeMs);
  return {
    key: toPayload(key, 'when-not-text'),
    window,
    // Counts and sums are kept as eight bytes.
    value: toPayload(held.value, 'when-not-text'),
    timestamp: held.timestamp,
    partition,
    offset: held.offset,
  };
}

function toStoreKey(order: string, kind: StoreKind, windowSizeMs?: number): StoreKey {
  const bytes = Buffer.from(order, 'latin1');
  return parseStoreKey(kind, bytes, windowSizeMs) ?? { key: bytes, window: null };
}

/** Latin-1 strings compare as their bytes do. */
function byKey(a: Match, b: Match): number {
  return compareNames(a.order, b.order) || a.partition - b.partition;
}

function sizeOf(key: string, { value }: Held): number {
  return ENTRY_OVERHEAD + key.length + value.length;
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
