import { expect, test } from 'vitest';
import { openRows, type RowChip } from './open-rows.ts';

function chip(id: string, x: number, y: number, opens: 'left' | 'right' | 'none'): RowChip {
  return { id, x, y, width: 100, height: 40, opensLeft: opens === 'left', opensRight: opens === 'right' };
}

test('a source behind another chip gets a row of its own, and what is below moves down', () => {
  const places = openRows(
    [chip('orders', 0, 0, 'left'), chip('stock', 120, 0, 'left'), chip('filter', 0, 60, 'none')],
    20,
  );
  expect(Object.fromEntries(places)).toEqual({
    orders: { x: 0, y: 0 },
    stock: { x: 120, y: 60 },
    filter: { x: 0, y: 120 },
  });
});

test('three sources in a row become three rows', () => {
  const places = openRows(
    [chip('c', 240, 0, 'left'), chip('a', 0, 0, 'left'), chip('b', 120, 0, 'left')],
    20,
  );
  expect([...'abc'].map((id) => places.get(id)?.y)).toEqual([0, 60, 120]);
});

test('a sink with a chip to its right moves out of the way', () => {
  const places = openRows([chip('sink', 0, 0, 'right'), chip('map', 120, 0, 'none')], 20);
  expect(places.get('map')).toEqual({ x: 120, y: 0 });
  expect(places.get('sink')).toEqual({ x: 0, y: 60 });
});

test('nothing moves where every way is free', () => {
  const chips = [chip('source', 0, 0, 'left'), chip('step', 0, 60, 'none'), chip('sink', 0, 120, 'right')];
  expect([...openRows(chips, 20)].map(([id, { y }]) => [id, y])).toEqual([
    ['source', 0],
    ['step', 60],
    ['sink', 120],
  ]);
});
