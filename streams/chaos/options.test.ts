import { expect, test } from 'vitest';
import { planFaults } from './fault-plan.ts';
import { parseOptions, UsageError } from './options.ts';
import { createRandom } from './random.ts';

test('asks for 50 faults of three brokers and two instances when nothing is said', () => {
  expect(parseOptions(['--seed', '7'])).toEqual({
    faults: 50,
    seed: 7,
    minutes: 12,
    brokers: 3,
    instances: 2,
    guarantee: 'exactly_once_v2',
    rate: 200,
    keep: false,
  });
});

test.each([
  { words: ['--faults', 'many'], says: '--faults takes a whole number of at least 1, not "many".' },
  { words: ['--guarantee', 'maybe'], says: '--guarantee is exactly_once_v2 or at_least_once, not "maybe".' },
  { words: ['--colour', 'red'], says: "Unknown option '--colour'" },
])('refuses $words', ({ words, says }) => {
  expect(() => parseOptions(words)).toThrow(UsageError);
  expect(() => parseOptions(words)).toThrow(says);
});

test('plans the same faults for the same seed, and every kind in a round', () => {
  const plan = (seed: number) => planFaults(50, createRandom(seed), 3);
  expect(plan(5)).toEqual(plan(5));
  expect(plan(5)).not.toEqual(plan(6));
  expect(plan(5)).toHaveLength(50);
  expect(new Set(plan(5).slice(0, 12)).size).toBe(7);
  expect(planFaults(50, createRandom(5), 1)).not.toContain('freeze-broker');
});

test('random numbers stay in their range and reach both ends', () => {
  const random = createRandom(1);
  const numbers = new Set(Array.from({ length: 500 }, () => random.between(3, 6)));
  expect([...numbers].sort()).toEqual([3, 4, 5, 6]);
});
