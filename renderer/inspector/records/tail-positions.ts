import type { TailEvent, TailStart } from '#shared/contract/inspect.ts';

/** How far a tail has come in one partition. */
export interface TailPosition {
  /** The next offset that was not yet given. */
  readonly next: number;
  readonly end: number;
}

export type TailPositions = ReadonlyMap<number, TailPosition>;

/** Below these an event has given all that was read, so what it tells as read was also shown. */
const wholeRecords = 250;
const wholeCharacters = 256_000;

/**
 * The positions after an event. What the host has read may be ahead of what it has given, when much is waiting; then
 * only the offsets of the records themselves count, so that a pause never skips a record.
 */
export function advancePositions(before: TailPositions, event: TailEvent): TailPositions {
  const after = new Map(before);
  const size = event.records.reduce((sum, { key, value }) => sum + key.text.length + value.text.length, 0);
  const whole = event.records.length < wholeRecords && size < wholeCharacters;
  for (const { partition, next, end } of event.positions) {
    const known = before.get(partition);
    after.set(partition, { next: whole || known === undefined ? next : known.next, end });
  }
  if (!whole) {
    for (const { partition, offset } of event.records) {
      const known = after.get(partition);
      after.set(partition, { next: offset + 1, end: Math.max(known?.end ?? 0, offset + 1) });
    }
  }
  return after;
}

/** Records between what was given and the ends, over all partitions. */
export function recordsBehind(positions: TailPositions): number {
  let behind = 0;
  for (const { next, end } of positions.values()) {
    behind += Math.max(0, end - next);
  }
  return behind;
}

/** Partitions that are followed one by one after a pause; with more, the time of the latest record decides. */
export const mostSingleTails = 64;

export interface TailPart {
  readonly partition: number | null;
  readonly from: TailStart;
}

/** The subscriptions that go on from these positions. `latest`: the time of the newest record that was given. */
export function resumeParts(
  positions: TailPositions,
  latest: number | null,
  fallback: TailPart,
): readonly TailPart[] {
  if (positions.size === 0) {
    return [fallback];
  }
  if (positions.size <= mostSingleTails) {
    return [...positions].map(([partition, { next }]) => ({ partition, from: { offset: next } }));
  }
  return [{ partition: fallback.partition, from: latest === null ? fallback.from : { timestamp: latest } }];
}
