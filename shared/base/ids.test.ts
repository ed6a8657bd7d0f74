import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeId, slugOf } from './ids.ts';

describe('slugOf', () => {
  it.each([
    ['Order validations', 'order-validations'],
    ['OrderValidated', 'order-validated'],
    ['  Größe / Taille  ', 'gro-e-taille'],
    ['2nd try', 'n-2nd-try'],
    ['价格', 'unnamed'],
    ['', 'unnamed'],
  ])('%j gives %s', (text, expected) => {
    expect(slugOf(text)).toBe(expected);
  });

  it('always gives an id', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        expect(slugOf(text)).toMatch(/^[a-z][a-z0-9-]{0,79}$/);
      }),
    );
  });
});

describe('freeId', () => {
  it('counts up from 2', () => {
    expect(freeId('Orders', new Set())).toBe('orders');
    expect(freeId('Orders', new Set(['orders', 'orders-2']))).toBe('orders-3');
  });

  it('stays within the length of an id', () => {
    const long = 'a'.repeat(80);
    expect(freeId(long, new Set([long]))).toBe(`${'a'.repeat(78)}-2`);
  });
});
