import { expect, test } from 'vitest';
import { counted, formatAgo, formatBehind, formatCount, formatRate } from './counts.ts';

test('a count agrees with its noun and groups its thousands', () => {
  expect(counted(1, 'topic')).toBe('1 topic');
  expect(counted(0, 'topic')).toBe('0 topics');
  expect(counted(2, 'entry', 'entries')).toBe('2 entries');
  expect(formatCount(1_234_567)).toBe('1\u202f234\u202f567');
});

test('a rate stays short', () => {
  expect([0, 0.42, 9.96, 12.4, 999, 3_140].map(formatRate)).toEqual([
    '0/s',
    '0.4/s',
    '10/s',
    '12/s',
    '999/s',
    '3.1k/s',
  ]);
});

test('a lag is told in time', () => {
  expect([0, 12_000, 120_000, 7_200_000, 260_000_000].map(formatBehind)).toEqual([
    'caught up',
    '12 s behind',
    '2 min behind',
    '2 h behind',
    '3 d behind',
  ]);
});

test('an age is told in the unit that matters', () => {
  const now = 1_000_000_000;
  expect(formatAgo(now - 3_000, now)).toBe('just now');
  expect(formatAgo(now - 300_000, now)).toBe('5 min ago');
  expect(formatAgo(now - 7_200_000, now)).toBe('2 h ago');
  expect(formatAgo(now - 259_200_000, now)).toBe('3 d ago');
});
