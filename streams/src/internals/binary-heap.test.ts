import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BinaryHeap } from './binary-heap.ts';

interface Entry {
  readonly at: number;
  readonly name: string;
}

function heapOf(times: readonly number[]): BinaryHeap<Entry> {
  const heap = new BinaryHeap<Entry>((one, two) => one.at - two.at);
  for (const [index, at] of times.entries()) heap.offer({ at, name: String.fromCharCode(97 + index) });
  return heap;
}

function drain(heap: BinaryHeap<Entry>): Entry[] {
  const entries: Entry[] = [];
  for (let next = heap.poll(); next !== undefined; next = heap.poll()) entries.push(next);
  return entries;
}

test('the lowest comes first, and nothing is lost', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5), { maxLength: 200 }), (times) => {
      const polled = drain(heapOf(times)).map(({ at }) => at);
      expect(polled).toEqual(times.toSorted((one, two) => one - two));
    }),
  );
});

// What java.util.PriorityQueue of JDK 17 polls after the same offers.
test.each([
  { times: [1, 1, 1], names: 'acb' },
  { times: [1, 1, 1, 1], names: 'adcb' },
  { times: [5, 5, 3, 5, 3], names: 'cedab' },
  { times: [2, 1, 2, 1, 2, 1], names: 'bdfaec' },
])('equal elements come in the order of Java: $times', ({ times, names }) => {
  const polled = drain(heapOf(times)).map(({ name }) => name);
  expect(polled.join('')).toBe(names);
});
