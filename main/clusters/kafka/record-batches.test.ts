import type { RecordsBatch } from '@platformatic/kafka';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBatches } from './record-batches.ts';

const TRANSACTIONAL = 1 << 4;
const CONTROL = 1 << 5;

describe('decodeBatches', () => {
  it('gives the records from an offset on, and goes past the batch', () => {
    const { records, next } = decodeBatches(
      request(12),
      [batch({ first: 10, values: ['a', 'b', 'c', 'd'] })],
      [],
    );
    expect(records.map(({ offset, value }) => [offset, String(value)])).toEqual([
      [12, 'c'],
      [13, 'd'],
    ]);
    expect(next).toBe(14);
  });

  it('goes past a batch that compaction has emptied', () => {
    const emptied = { ...batch({ first: 10, values: [] }), lastOffsetDelta: 4 };
    expect(decodeBatches(request(10), [emptied], [])).toEqual({ records: [], next: 15 });
  });

  it('stays where it is when there is nothing', () => {
    expect(decodeBatches(request(10), [], [])).toEqual({ records: [], next: 10 });
  });

  it('shows exactly the records of committed transactions, however they are interleaved', () => {
    // Each step: one of three producers writes a batch, or ends its transaction one way or the other.
    const step = fc.record({
      producer: fc.integer({ min: 0, max: 2 }),
      act: fc.constantFrom('write', 'write', 'commit', 'abort', 'plain'),
      count: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.nat(60), (steps, from) => {
        const log = writeLog(steps);
        const committed = decodeBatches(request(from), log.batches, log.aborted);
        const all = decodeBatches(
          { ...request(from), isolation: 'read_uncommitted' },
          log.batches,
          log.aborted,
        );
        const expected = (which: ReadonlySet<number>) =>
          [...which].filter((offset) => offset >= from).sort(byNumber);
        expect(committed.records.map(({ offset }) => offset)).toEqual(expected(log.visible));
        expect(all.records.map(({ offset }) => offset)).toEqual(expected(log.written));
        expect(committed.next).toBe(Math.max(from, log.end));
      }),
    );
  });
});

interface Step {
  readonly producer: number;
  readonly act: 'write' | 'commit' | 'abort' | 'plain';
  readonly count: number;
}

/** A log up to its last stable offset: what is still open at the end is committed there. */
function writeLog(steps: readonly Step[]) {
  const batches: RecordsBatch[] = [];
  const aborted: { producerId: bigint; firstOffset: bigint }[] = [];
  const open = new Map<number, number[]>();
  const visible = new Set<number>();
  const written = new Set<number>();
  let end = 0;
  const write = (producer: number, count: number, attributes: number) => {
    const offsets = Array.from({ length: count }, (_, index) => end + index);
    batches.push(batch({ first: end, values: offsets.map(String), producer, attributes }));
    for (const offset of offsets) written.add(offset);
    end += count;
    return offsets;
  };
  const finish = (producer: number, commit: boolean) => {
    const offsets = open.get(producer);
    if (!offsets) return;
    open.delete(producer);
    batches.push({ ...marker(end, producer, commit) });
    end += 1;
    if (commit) for (const offset of offsets) visible.add(offset);
    else aborted.push({ producerId: BigInt(producer), firstOffset: BigInt(offsets[0] ?? 0) });
  };
  for (const { producer, act, count } of steps) {
    if (act === 'plain') for (const offset of write(-1, count, 0)) visible.add(offset);
    else if (act === 'write') {
      open.set(producer, [...(open.get(producer) ?? []), ...write(producer, count, TRANSACTIONAL)]);
    } else finish(producer, act === 'commit');
  }
  for (const producer of [...open.keys()]) finish(producer, true);
  return { batches, aborted, visible, written, end };
}

function request(from: number) {
  return { partition: 0, from, isolation: 'read_committed' } as const;
}

function marker(first: number, producer: number, commit: boolean): RecordsBatch {
  const made = batch({ first, values: [''], producer, attributes: TRANSACTIONAL | CONTROL });
  const key = Buffer.from([0, 0, 0, commit ? 1 : 0]);
  return { ...made, records: made.records.map((record) => ({ ...record, key })) };
}

function batch(of: {
  readonly first: number;
  readonly values: readonly string[];
  readonly producer?: number;
  readonly attributes?: number;
}): RecordsBatch {
  return {
    firstOffset: BigInt(of.first),
    length: 0,
    partitionLeaderEpoch: 0,
    magic: 2,
    crc: 0,
    attributes: of.attributes ?? 0,
    lastOffsetDelta: of.values.length - 1,
    firstTimestamp: 1_000n,
    maxTimestamp: 2_000n,
    producerId: BigInt(of.producer ?? -1),
    producerEpoch: 0,
    firstSequence: 0,
    records: of.values.map((value, offsetDelta) => ({
      length: 0,
      attributes: 0,
      timestampDelta: 0n,
      offsetDelta,
      key: null,
      value: Buffer.from(value),
      headers: [],
    })),
  };
}

function byNumber(a: number, b: number): number {
  return a - b;
}
