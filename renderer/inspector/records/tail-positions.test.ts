import { expect, test } from 'vitest';
import type { RecordView } from '#shared/contract/cluster-types.ts';
import type { TailEvent } from '#shared/contract/inspect.ts';
import { advancePositions, recordsBehind, resumeParts, type TailPositions } from './tail-positions.ts';

const nothing = { kind: 'null', text: '', bytes: 0, truncated: false } as const;

function records(partition: number, from: number, count: number): RecordView[] {
  return Array.from({ length: count }, (_, index) => ({
    partition,
    offset: from + index,
    timestamp: 0,
    key: nothing,
    value: nothing,
    headers: [],
  }));
}

function event(more: Partial<TailEvent>): TailEvent {
  return { records: [], dropped: 0, positions: [], filterError: null, ...more };
}

const start: TailPositions = new Map([[0, { next: 10, end: 900 }]]);
const fallback = { partition: null, from: 'end' } as const;

test('records that a filter left out count as given', () => {
  const after = advancePositions(start, event({ positions: [{ partition: 0, next: 700, end: 900 }] }));
  expect(after.get(0)).toEqual({ next: 700, end: 900 });
});

test('of a large event only the records themselves count: more may wait on the host', () => {
  const large = event({
    records: records(0, 10, 500),
    positions: [
      { partition: 0, next: 800, end: 900 },
      { partition: 1, next: 40, end: 40 },
    ],
  });
  const after = advancePositions(start, large);
  expect(after.get(0)).toEqual({ next: 510, end: 900 });
  expect(after.get(1)).toEqual({ next: 40, end: 40 });
});

test('what is behind is summed over the partitions', () => {
  expect(recordsBehind(new Map([...start, [1, { next: 5, end: 5 }]]))).toBe(890);
});

test('after a pause each partition goes on where it was', () => {
  const positions = new Map([...start, [3, { next: 7, end: 9 }]]);
  expect(resumeParts(positions, 99, fallback)).toEqual([
    { partition: 0, from: { offset: 10 } },
    { partition: 3, from: { offset: 7 } },
  ]);
});

test('with very many partitions the time of the newest record decides', () => {
  const many = new Map(Array.from({ length: 200 }, (_, partition) => [partition, { next: 1, end: 1 }]));
  expect(resumeParts(many, 99, fallback)).toEqual([{ partition: null, from: { timestamp: 99 } }]);
  expect(resumeParts(many, null, fallback)).toEqual([fallback]);
});

test('a pause before the first event starts again as before', () => {
  expect(resumeParts(new Map(), null, fallback)).toEqual([fallback]);
});
