import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AppendedRecord, PartitionLog } from './partition-log.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function record(key: string | null, value: string | null, timestamp = 0): AppendedRecord {
  return {
    key: key === null ? null : bytes(key),
    value: value === null ? null : bytes(value),
    timestamp,
    headers: [],
  };
}

function offsetsOf(log: PartitionLog, from = 0): number[] {
  return log.read(from, 1_000).map(({ offset }) => offset);
}

describe('a partition in memory', () => {
  it('gives offsets in order and reads from any of them', () => {
    const log = new PartitionLog(3);
    expect([
      log.append(record('a', '1')),
      log.append(record('b', '2')),
      log.append(record('a', '3')),
    ]).toEqual([0, 1, 2]);
    expect(log.read(1, 1)).toMatchObject([{ partition: 3, offset: 1 }]);
    expect(log.read(3, 10)).toEqual([]);
  });

  it('moves its start when trimmed and never gives an offset twice', () => {
    const log = new PartitionLog(0);
    for (let index = 0; index < 5; index += 1) log.append(record('k', String(index)));
    log.trim(3);
    expect([log.startOffset, log.endOffset, log.size]).toEqual([3, 5, 2]);
    expect(offsetsOf(log)).toEqual([3, 4]);
    log.trim(99);
    expect([log.startOffset, log.endOffset]).toEqual([5, 5]);
    expect(log.append(record('k', 'x'))).toBe(5);
  });

  it('finds the first record that is not older than a time', () => {
    const log = new PartitionLog(0);
    for (const time of [10, 30, 20, 40]) log.append(record('k', 'v', time));
    expect([log.offsetForTime(20), log.offsetForTime(35), log.offsetForTime(41)]).toEqual([1, 3, null]);
  });

  it('keeps, of any history, the newest value of each key at its own offset', () => {
    const change = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.option(fc.string(), { nil: null }));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
        const log = new PartitionLog(0);
        const latest = new Map<string, { offset: number; value: string | null }>();
        for (const [key, value] of changes)
          latest.set(key, { offset: log.append(record(key, value)), value });
        log.compact();
        const expected = [...latest.values()]
          .filter(({ value }) => value !== null)
          .map(({ offset }) => offset);
        expect(offsetsOf(log)).toEqual(expected.toSorted((left, right) => left - right));
        expect(log.endOffset).toBe(changes.length);
      }),
    );
  });
});
