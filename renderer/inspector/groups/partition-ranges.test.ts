import fc from 'fast-check';
import { expect, test } from 'vitest';
import { partitionRanges } from './partition-ranges.ts';

test('neighbours are told as a range', () => {
  expect(partitionRanges([3, 0, 1, 2, 7])).toBe('0–3, 7');
  expect(partitionRanges([])).toBe('');
});

test('the ranges hold each number once, and no other', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(60), { maxLength: 60 }), (partitions) => {
      const text = partitionRanges(partitions);
      const told =
        text === ''
          ? []
          : text.split(', ').flatMap((range) => {
              const [first = 0, last = first] = range.split('–').map(Number);
              return Array.from({ length: last - first + 1 }, (_, index) => first + index);
            });
      expect(told).toEqual(partitions.toSorted((a, b) => a - b));
    }),
  );
});
