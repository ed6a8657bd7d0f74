import { expect, it } from 'vitest';
import { countLag } from './group-lag.ts';

it.each([
  ['nothing is waiting', 10, 0, 10, 0],
  ['some is', 4, 0, 10, 6],
  ['retention has removed what was not read', 4, 7, 10, 3],
  ['retention has removed all of it', 4, 10, 10, 0],
  ['it never committed', null, 3, 10, 7],
  ['it is ahead of a log that was made anew', 50, 0, 10, 0],
  ['the start is not known', 4, null, 10, 6],
  ['the end is not known', 4, 0, null, null],
  ['neither start nor commit is known', null, null, 10, null],
])('counts the lag of a group when %s', (_, committed, start, end, lag) => {
  expect(countLag(committed, start, end)).toBe(lag);
});
