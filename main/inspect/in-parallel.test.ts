import { expect, it } from 'vitest';
import { inParallel } from './in-parallel.ts';

it('works on every item, never on more than allowed at once', async () => {
  let running = 0;
  let most = 0;
  const done: number[] = [];
  await inParallel([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    done.push(item);
  });
  expect(done.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(most).toBe(3);
});

it('throws the first failure when all workers have ended', async () => {
  const done: number[] = [];
  const working = inParallel([1, 2, 3], 2, async (item) => {
    if (item === 1) throw new Error('one');
    await new Promise((resolve) => setImmediate(resolve));
    done.push(item);
  });
  await expect(working).rejects.toThrow('one');
  expect(done).toEqual([2, 3]);
});
