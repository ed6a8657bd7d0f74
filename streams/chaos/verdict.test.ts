import { expect, test } from 'vitest';
import { judgeCounts, judgeIds, judgeTable } from './verdict.ts';

test('accepts each count once, in order', () => {
  const finding = judgeCounts(
    new Map([
      ['a', 3],
      ['b', 1],
    ]),
    new Map([
      ['a', [1, 2, 3]],
      ['b', [1]],
    ]),
  );
  expect(finding).toEqual({ lost: 0, doubled: 0, disordered: 0, examples: [] });
});

test.each([
  { what: 'a gap', counts: [1, 3], lost: 1, doubled: 0, disordered: 0 },
  { what: 'a missing end', counts: [1, 2], lost: 1, doubled: 0, disordered: 0 },
  { what: 'a repeated count', counts: [1, 2, 2, 3], lost: 0, doubled: 1, disordered: 0 },
  { what: 'an input counted twice', counts: [1, 2, 3, 4], lost: 0, doubled: 1, disordered: 0 },
  { what: 'a count that went back', counts: [1, 2, 1, 2, 3], lost: 0, doubled: 2, disordered: 1 },
  { what: 'nothing at all', counts: [], lost: 3, doubled: 0, disordered: 0 },
])('finds $what', ({ counts, lost, doubled, disordered }) => {
  const finding = judgeCounts(new Map([['a', 3]]), new Map([['a', counts]]));
  expect(finding).toMatchObject({ lost, doubled, disordered });
  expect(finding.examples.length).toBeGreaterThan(0);
});

test('finds a key that was never put in', () => {
  expect(judgeCounts(new Map(), new Map([['x', [1]]]))).toMatchObject({ lost: 0, doubled: 1 });
});

test('finds ids that are missing or repeated, and knows those that were put in twice', () => {
  const expected = new Map([
    ['e1', 1],
    ['e2', 2],
    ['e3', 1],
  ]);
  const seen = new Map([
    ['e1', 2],
    ['e2', 2],
  ]);
  expect(judgeIds(expected, seen)).toMatchObject({ lost: 1, doubled: 1 });
});

test('finds rows that differ', () => {
  const expected = new Map([
    ['a', 4],
    ['b', 2],
  ]);
  const seen = new Map([
    ['a', 6],
    ['b', 1],
  ]);
  expect(judgeTable(expected, seen)).toMatchObject({
    lost: 1,
    doubled: 2,
    examples: ['a is 6, not 4', 'b is 1, not 2'],
  });
});
