import { expect, test } from 'vitest';
import { asOfLines, asOfWords } from './as-of-words.ts';

const at = (partition: number, offset: number, end = offset) => ({ partition, offset, end });

test('the offsets are told as far as a line has room', () => {
  expect(asOfWords([])).toBe('State as of an empty changelog');
  expect(asOfWords([at(0, 812)])).toBe('State as of changelog offset 812');
  expect(asOfWords([at(0, 8), at(1, 9)])).toBe('State as of changelog offsets 8 · 9');
  const six = [1, 2, 3, 4, 5, 6].map((offset, partition) => at(partition, offset));
  expect(asOfWords(six)).toBe('State as of changelog offsets 1 · 2 · 3 · 4 and 2 more partitions');
});

test('a partition that was not read to its end says how much is missing', () => {
  expect(asOfLines([at(0, 8), at(1, 5, 9)])).toBe(
    'Partition 0: offset 8\nPartition 1: offset 5, 4 before its end',
  );
});
