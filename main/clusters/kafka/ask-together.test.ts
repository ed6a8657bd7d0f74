import { expect, it } from 'vitest';
import { askTogether } from './ask-together.ts';

it('asks once for all keys of a turn, and anew in the next', async () => {
  const asked: (readonly string[])[] = [];
  const ask = askTogether(async (keys) => {
    asked.push(keys);
    return new Map(keys.filter((key) => key !== 'none').map((key) => [key, `about ${key}`]));
  });
  expect(await Promise.all([ask('a'), ask('b'), ask('a'), ask('none')])).toEqual([
    'about a',
    'about b',
    'about a',
    undefined,
  ]);
  expect(await ask('c')).toBe('about c');
  expect(asked).toEqual([['a', 'b', 'none'], ['c']]);
});

it('tells all who asked of a failure, and no later one', async () => {
  let fails = true;
  const ask = askTogether(async (keys) => {
    if (fails) throw new Error('no answer');
    return new Map(keys.map((key) => [key, key]));
  });
  const outcomes = await Promise.allSettled([ask('a'), ask('b')]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  fails = false;
  expect(await ask('a')).toBe('a');
});
