import { expect, it } from 'vitest';
import type { ReadAnswer } from '../clusters/cluster-port.ts';
import { readThrough } from './read-through.ts';
import { stubPort } from './stub-port-suite.ts';

it('goes on after answers without records until it is at the end', async () => {
  const steps = [0, 0, 40, 40, 100];
  const asked: number[] = [];
  const port = stubPort({
    async read({ from }): Promise<ReadAnswer> {
      asked.push(from);
      return answer(steps.shift() ?? 0, 100);
    },
  });
  await drain(readThrough(port, range(100), new AbortController().signal));
  expect(asked).toEqual([0, 0, 0, 40, 40]);
});

it('ends where the log was cut off behind it', async () => {
  const port = stubPort({ read: async () => answer(0, 0) });
  expect(await drain(readThrough(port, range(100), new AbortController().signal))).toBe(1);
});

it('asks no more when it is given up', async () => {
  const giveUp = new AbortController();
  const port = stubPort({
    async read() {
      giveUp.abort();
      return answer(1, 100);
    },
  });
  expect(await drain(readThrough(port, range(100), giveUp.signal))).toBe(1);
});

function range(to: number) {
  return { topic: 't', partition: 0, from: 0, to, isolation: 'read_committed', maxBytes: 1 } as const;
}

function answer(next: number, endOffset: number): ReadAnswer {
  return { records: [], next, startOffset: 0, endOffset, lastStableOffset: endOffset };
}

async function drain(answers: AsyncGenerator<ReadAnswer>): Promise<number> {
  let count = 0;
  for await (const one of answers) count += one.next >= 0 ? 1 : 0;
  return count;
}
