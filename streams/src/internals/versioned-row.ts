import { readInt64, writeInt64 } from './int64.ts';

/** One version of a row; it is valid until the next one begins. A null value is a deletion. */
export interface Version {
  readonly from: number;
  readonly value: Uint8Array | null;
}

/**
 * The versions of one key that ended within one segment of time, newest first. The newest is valid until
 * `next`. A row of one deletion that begins at `next` only marks that nothing was there ("degenerate").
 */
export interface VersionedRow {
  readonly next: number;
  readonly versions: readonly Version[];
}

/**
 * `int64 next | int64 oldest from | int64 from, int32 length or -1 of each, newest first | values, oldest
 * first`, as Kafka Streams keeps segments of versioned stores.
 */
export function encodeRow({ next, versions }: VersionedRow): Uint8Array {
  const head = Buffer.allocUnsafe(16 + versions.length * 12);
  writeInt64(head, next, 0);
  writeInt64(head, oldestOf(versions), 8);
  for (const [index, { from, value }] of versions.entries()) {
    writeInt64(head, from, 16 + index * 12);
    head.writeInt32BE(value?.length ?? -1, 24 + index * 12);
  }
  return Buffer.concat([head, ...versions.flatMap(({ value }) => value ?? []).reverse()]);
}

export function decodeRow(bytes: Uint8Array): VersionedRow {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const oldest = readInt64(bytes, 8);
  const versions: Version[] = [];
  let end = bytes.length;
  for (let at = 16; versions.at(-1)?.from !== oldest; at += 12) {
    const length = view.getInt32(at + 8);
    const value = length < 0 ? null : bytes.subarray(end - length, end);
    versions.push({ from: readInt64(bytes, at), value });
    end -= Math.max(length, 0);
  }
  return { next: readInt64(bytes, 0), versions };
}

/** When the oldest version of a row began. */
export function beginOf(row: VersionedRow): number {
  return oldestOf(row.versions);
}

function oldestOf(versions: readonly Version[]): number {
  return versions.at(-1)?.from ?? 0;
}

/** The version valid at a time within the row, where it stands, and when it ended. */
export function versionAt(row: VersionedRow, timestamp: number) {
  const index = row.versions.findIndex(({ from }) => from <= timestamp);
  const version = row.versions[index];
  if (version === undefined) throw new RangeError(`No version is valid at ${timestamp}.`);
  return { index, version, validTo: row.versions[index - 1]?.from ?? row.next };
}

/** Puts a version after all others; between them, nothing was there. */
export function withNewest(row: VersionedRow | null, version: Version, next: number): VersionedRow {
  if (row === null) return { next, versions: [version] };
  const known = isMark(row) ? [] : row.versions;
  const gap = row.next === version.from ? [] : [{ from: row.next, value: null }];
  return { next, versions: [version, ...gap, ...known] };
}

export function withOldest(row: VersionedRow, version: Version): VersionedRow {
  return { next: row.next, versions: isMark(row) ? [version] : [...row.versions, version] };
}

/** Puts a version at a place, before the version that is there or instead of it. */
export function withVersion(
  row: VersionedRow,
  index: number,
  version: Version,
  replaces: boolean,
): VersionedRow {
  return { next: row.next, versions: row.versions.toSpliced(index, replaces ? 1 : 0, version) };
}

function isMark(row: VersionedRow): boolean {
  return beginOf(row) === row.next;
}
