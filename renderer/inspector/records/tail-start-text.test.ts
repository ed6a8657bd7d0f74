import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readStart, startKind, startText } from './tail-start-text.ts';

test('what is shown for a start is read back as that start', () => {
  const starts = fc.oneof(
    fc.constantFrom('end' as const, 'start' as const),
    fc.record({ last: fc.integer({ min: 1, max: 10_000 }) }),
    fc.record({ offset: fc.nat() }),
  );
  fc.assert(
    fc.property(starts, (from) => {
      expect(readStart(startKind(from), startText(from) ?? '')).toEqual(from);
    }),
  );
});

test('a time is read in the reader’s zone', () => {
  const noon = new Date(2026, 10, 23, 12, 0, 0).getTime();
  expect(startText({ timestamp: noon })).toBe('2026-11-23T12:00:00');
  expect(readStart('timestamp', '2026-11-23T12:00:00')).toEqual({ timestamp: noon });
});

test('what says nothing is no start', () => {
  expect(readStart('last', '')).toBeNull();
  expect(readStart('last', '0')).toBeNull();
  expect(readStart('last', '10001')).toBeNull();
  expect(readStart('offset', '-1')).toBeNull();
  expect(readStart('offset', '1.5')).toBeNull();
  expect(readStart('timestamp', '')).toBeNull();
});
