import { expect, it } from 'vitest';
import { createRates } from './rates.ts';

it('knows no rate at the first look, then what was added a second', () => {
  const rates = createRates();
  expect(
    rates.next(
      'orders',
      [
        ['0', 10],
        ['1', 20],
      ],
      1_000,
    ),
  ).toBeNull();
  expect(
    rates.next(
      'orders',
      [
        ['0', 110],
        ['1', 70],
      ],
      3_000,
    ),
  ).toBe(75);
});

it('keeps topics apart', () => {
  const rates = createRates();
  rates.next('a', [['0', 0]], 0);
  expect(rates.next('b', [['0', 100]], 1_000)).toBeNull();
  expect(rates.next('a', [['0', 5]], 1_000)).toBe(5);
});

it('counts neither a new partition nor one that was set back', () => {
  const rates = createRates();
  rates.next('orders', [['0', 100]], 0);
  expect(
    rates.next(
      'orders',
      [
        ['0', 40],
        ['1', 900],
      ],
      1_000,
    ),
  ).toBe(0);
});

it('takes up a partition that gave no answer for a while where it left it', () => {
  const rates = createRates();
  rates.next('orders', [['0', 100]], 0);
  expect(rates.next('orders', [['0', null]], 1_000)).toBe(0);
  expect(rates.next('orders', [['0', 130]], 2_000)).toBe(30);
});

it('has no rate where nothing can be compared', () => {
  const rates = createRates();
  rates.next('orders', [['0', null]], 0);
  expect(rates.next('orders', [['0', 5]], 1_000)).toBeNull();
});
