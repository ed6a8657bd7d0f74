import { expect, test } from 'vitest';
import { readNumber } from './draft-inputs.tsx';

const partitions = { min: 1, max: 100, whole: true };

test('a number in its bounds is taken', () => {
  expect(readNumber(' 12 ', partitions)).toEqual({ problem: null, value: 12 });
});

test('a number out of its bounds, a fraction and a word are refused with the bounds', () => {
  for (const text of ['0', '101', '1.5', 'many', '1e9']) {
    expect(readNumber(text, partitions)).toEqual({ problem: 'This is a whole number from 1 to 100.' });
  }
});

test('nothing is a value only where that means something', () => {
  expect(readNumber('', partitions)).toEqual({ problem: 'This needs a number.' });
  expect(readNumber('', { ...partitions, emptyMeans: 'as upstream' })).toEqual({
    problem: null,
    value: null,
  });
});
