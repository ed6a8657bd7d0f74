import { expect, it } from 'vitest';
import { findVersionProblem, type VersionRange } from './required-versions.ts';

/** What Kafka 4.3 and Kafka 2.8 say of themselves, of the requests that matter here. */
const kafka43: readonly VersionRange[] = [
  [0, 3, 13],
  [1, 4, 18],
  [2, 1, 11],
  [3, 0, 13],
  [9, 1, 10],
  [10, 0, 6],
  [15, 0, 6],
  [19, 2, 7],
  [32, 1, 4],
].map(([apiKey = 0, minVersion = 0, maxVersion = 0]) => ({ apiKey, minVersion, maxVersion }));
const change = (apiKey: number, changed: Partial<VersionRange>) =>
  kafka43.map((range) => (range.apiKey === apiKey ? { ...range, ...changed } : range));

it('finds nothing wrong with a broker of today', () => {
  expect(findVersionProblem('a:1', kafka43)).toBeNull();
});

it('tells that a broker is too old', () => {
  const sentence =
    'The broker at a:1 is older than Kafka 3.0 (it has no OffsetFetch v8): connect to a newer one.';
  expect(findVersionProblem('a:1', change(9, { maxVersion: 7 }))).toBe(sentence);
});

it('tells that a broker is too new', () => {
  const sentence = 'The broker at a:1 no longer speaks Fetch v12: a newer version of this tool is needed.';
  expect(findVersionProblem('a:1', change(1, { minVersion: 13 }))).toBe(sentence);
});
