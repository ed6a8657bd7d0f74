import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDuration, parseDuration } from './durations.ts';

test('a duration is written with the units a person uses', () => {
  expect(formatDuration(300_000)).toBe('5 min');
  expect(formatDuration(5_400_000)).toBe('1 h 30 min');
  expect(formatDuration(604_800_000)).toBe('7 d');
  expect(formatDuration(250)).toBe('250 ms');
  expect(formatDuration(0)).toBe('0 s');
});

test('a duration is read in the ways a person types it', () => {
  expect(parseDuration('5 min')).toBe(300_000);
  expect(parseDuration('90s')).toBe(90_000);
  expect(parseDuration('1.5 hours')).toBe(5_400_000);
  expect(parseDuration('1 h, 30 minutes')).toBe(5_400_000);
  expect(parseDuration(' 0 ')).toBe(0);
});

test('what is not a duration is refused', () => {
  for (const text of ['', '5', 'soon', '5 parsecs', '-5 s', '5 min later', '9999999999999999 d']) {
    expect(parseDuration(text), text).toBeNull();
  }
});

test('what is written is read back as it was', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e13 }), (ms) => {
      expect(parseDuration(formatDuration(ms))).toBe(ms);
    }),
  );
});
