import { expect, test } from 'vitest';
import { groupStateWord } from './group-words.ts';

test('a state is told in a word, however the broker spells it', () => {
  expect(groupStateWord('Stable').word).toBe('stable');
  expect(groupStateWord('PreparingRebalance').word).toBe('rebalancing');
  expect(groupStateWord('PREPARING_REBALANCE').word).toBe('rebalancing');
  expect(groupStateWord('NotReady').word).toBe('not ready');
});

test('a state that is not known keeps the broker’s spelling', () => {
  expect(groupStateWord('Hibernating')).toMatchObject({ word: 'Hibernating', tone: 'plain' });
  expect(groupStateWord('').word).toBe('state not told');
});
