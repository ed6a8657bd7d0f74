import type { StoreRow } from './store-rows.ts';

/** A record of a versioned store's changelog; its timestamp says from when its value is valid. */
export interface VersionRecord {
  readonly key: Uint8Array;
  readonly value: Uint8Array | null;
  readonly timestamp: number;
  readonly order: string;
  readonly offset: number;
}

export interface Version {
  readonly row: StoreRow;
  readonly order: string;
  readonly offset: number;
}

/**
 * The versions of each key of one partition, with the time until which each was valid. A deletion only ends the
 * version before it, and what ended before the store's history begins is gone, though its changelog still has it.
 */
export function toVersions(records: readonly VersionRecord[], historyMs: number | null): readonly Version[] {
  const latest = records.reduce((time, { timestamp }) => Math.max(time, timestamp), 0);
  const begins = historyMs === null ? 0 : latest - historyMs;
  const byKey = Map.groupBy(records, ({ key }) => Buffer.from(key).toString('latin1'));
  return [...byKey.values()].flatMap((ofKey) => {
    const inOrder = ofKey.toSorted((one, other) => one.timestamp - other.timestamp);
    return inOrder.flatMap(({ key, value, timestamp, order, offset }, at): Version[] => {
      const end = inOrder[at + 1]?.timestamp ?? null;
      if (value === null || (end !== null && end < begins)) return [];
      const window = { start: timestamp, end };
      return [{ row: { key, value, timestamp, window, detail: null }, order, offset }];
    });
  });
}
