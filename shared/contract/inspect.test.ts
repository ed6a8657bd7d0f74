import { expect, it } from 'vitest';
import { mergeTailEvents, type TailEvent, tailWaitingLimit } from './inspect.ts';

const nothing = { kind: 'null', text: '', bytes: 0, truncated: false } as const;

function tailEvent(from: number, count: number, partition = 0): TailEvent {
  const records = Array.from({ length: count }, (_, index) => ({
    partition,
    offset: from + index,
    timestamp: 0,
    key: nothing,
    value: nothing,
    headers: [],
  }));
  const next = from + count;
  return { records, dropped: 0, positions: [{ partition, next, end: next }], filterError: null };
}

it('keeps all records of two small events, and the newest positions', () => {
  const merged = mergeTailEvents(tailEvent(0, 2), tailEvent(2, 3));
  expect(merged.records.map(({ offset }) => offset)).toEqual([0, 1, 2, 3, 4]);
  expect(merged.dropped).toBe(0);
  expect(merged.positions).toEqual([{ partition: 0, next: 5, end: 5 }]);
});

it('keeps the position of a partition that only the older event names', () => {
  const merged = mergeTailEvents(tailEvent(0, 1, 0), tailEvent(0, 1, 1));
  expect(merged.positions.map(({ partition }) => partition)).toEqual([0, 1]);
});

it('counts every record that it leaves out, however often events are merged', () => {
  let merged = tailEvent(0, 1_500);
  for (let event = 1; event < 10; event += 1)
    merged = mergeTailEvents(merged, tailEvent(event * 1_500, 1_500));
  expect(merged.records).toHaveLength(tailWaitingLimit);
  expect(merged.records.length + merged.dropped).toBe(15_000);
  expect(merged.records.at(-1)?.offset).toBe(14_999);
});
