import { expect, test } from 'vitest';
import { createLiveCells, noFigure } from './live-cells.ts';

function cellsWithManualFrames() {
  const frames: (() => void)[] = [];
  const cells = createLiveCells((flush) => frames.push(flush));
  return { cells, frames, runFrame: () => frames.shift()?.() };
}

test('many updates in one frame wake a listener once, with the last figure', () => {
  const { cells, frames, runFrame } = cellsWithManualFrames();
  const seen: (number | null | undefined)[] = [];
  cells.subscribe('orders', () => seen.push(cells.get('orders')?.rate));
  cells.set([['orders', { ...noFigure, rate: 1 }]]);
  cells.set([['orders', { ...noFigure, rate: 2 }]]);
  expect(frames).toHaveLength(1);
  runFrame();
  expect(seen).toEqual([2]);
});

test('a listener is not woken by another cell, nor after it has left', () => {
  const { cells, runFrame } = cellsWithManualFrames();
  let woken = 0;
  const leave = cells.subscribe('orders', () => {
    woken += 1;
  });
  cells.set([['payments', { ...noFigure, rate: 3 }]]);
  runFrame();
  expect(woken).toBe(0);
  leave();
  cells.set([['orders', { ...noFigure, rate: 3 }]]);
  runFrame();
  expect(woken).toBe(0);
});

test('figures that go stale keep their value and the first moment', () => {
  const { cells, runFrame } = cellsWithManualFrames();
  cells.set([['orders', { ...noFigure, rate: 5 }]]);
  cells.markStale(1_000);
  cells.markStale(2_000);
  runFrame();
  expect(cells.get('orders')).toEqual({ ...noFigure, rate: 5, staleSince: 1_000 });
});

test('clearing forgets the figures and tells those who showed them', () => {
  const { cells, runFrame } = cellsWithManualFrames();
  let woken = 0;
  cells.set([['orders', noFigure]]);
  runFrame();
  cells.subscribe('orders', () => {
    woken += 1;
  });
  cells.clear();
  runFrame();
  expect(woken).toBe(1);
  expect(cells.get('orders')).toBeUndefined();
});
