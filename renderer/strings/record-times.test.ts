import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatAge, formatClock, formatInstant, formatSpan, toLocalInput } from './record-times.ts';

const noon = new Date(2026, 10, 23, 12, 4, 5, 67).getTime();

test('an age has one unit, the one that matters', () => {
  const ages = [0, 999, 1_000, 89_000, 90_000, 5_399_000, 5_400_000, 172_800_000];
  expect(ages.map((ms) => formatAge(noon - ms, noon))).toEqual([
    'now',
    'now',
    '1 s',
    '89 s',
    '1 min',
    '89 min',
    '1 h',
    '2 d',
  ]);
});

test('a time ahead of now says so', () => {
  expect(formatAge(noon + 5_000, noon)).toBe('in 5 s');
});

test('a span under a second is told in milliseconds', () => {
  expect(formatSpan(250)).toBe('250 ms');
});

test('a time of day and an instant are in the reader’s zone', () => {
  expect(formatClock(noon)).toBe('12:04:05');
  expect(formatInstant(noon)).toBe('2026-11-23 12:04:05.067');
});

test('what a time field shows is read back as the same second', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1e12, max: 2e12 }), (at) => {
      const whole = at - (at % 1_000);
      // An hour that the clocks skip or repeat has two readings.
      expect(Math.abs(new Date(toLocalInput(whole)).getTime() - whole) % 3_600_000).toBe(0);
    }),
  );
});
