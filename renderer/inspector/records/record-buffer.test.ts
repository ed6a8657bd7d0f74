import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RecordView } from '#shared/contract/cluster-types.ts';
import { emptyBuffer, withRecords } from './record-buffer.ts';

function record(offset: number, text = ''): RecordView {
  const value = { kind: 'text', text, bytes: text.length, truncated: false } as const;
  return { partition: 0, offset, timestamp: 0, key: { ...value, text: '' }, value, headers: [] };
}

test('the oldest go first, and ids go on counting', () => {
  const limits = { records: 3, size: 1_000_000 };
  const first = withRecords(emptyBuffer, [record(0), record(1)], limits);
  const then = withRecords(first, [record(2), record(3)], limits);
  expect(then.kept.map(({ id, record: { offset } }) => [id, offset])).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
  expect(then.arrived).toBe(4);
});

test('long values push out more of the old ones', () => {
  const limits = { records: 100, size: 1_000 };
  const filled = withRecords(
    emptyBuffer,
    Array.from({ length: 9 }, (_, offset) => record(offset)),
    limits,
  );
  const then = withRecords(filled, [record(9, 'x'.repeat(700))], limits);
  expect(then.kept.map(({ record: { offset } }) => offset)).toEqual([7, 8, 9]);
});

test('one record that is too large alone is kept, or there would be nothing to see', () => {
  const huge = withRecords(emptyBuffer, [record(0), record(1, 'x'.repeat(5_000))], { records: 9, size: 100 });
  expect(huge.kept.map(({ record: { offset } }) => offset)).toEqual([1]);
});

test('however records arrive, the latest are kept in order and the size is that of what is kept', () => {
  const batches = fc.array(fc.array(fc.nat(300), { maxLength: 20 }), { maxLength: 12 });
  fc.assert(
    fc.property(batches, (lengths) => {
      let buffer = emptyBuffer;
      let offset = 0;
      for (const batch of lengths) {
        const records = batch.map((length) => record(offset++, 'x'.repeat(length)));
        buffer = withRecords(buffer, records, { records: 25, size: 4_000 });
      }
      const offsets = buffer.kept.map((each) => each.record.offset);
      expect(offsets).toEqual(offsets.map((_, index) => offset - offsets.length + index));
      expect(buffer.kept.length).toBeLessThanOrEqual(25);
      expect(buffer.size).toBe(buffer.kept.reduce((sum, each) => sum + each.size, 0));
    }),
  );
});
