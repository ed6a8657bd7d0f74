import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { weigh } from './plain-data.ts';

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length;

describe('weigh', () => {
  it('never says less than JSON takes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const weight = weigh(value, Number.MAX_SAFE_INTEGER);
        expect(weight).toBeGreaterThanOrEqual(bytesOf(value));
      }),
    );
  });

  it('is near the truth for text', () => {
    expect(weigh('x'.repeat(1_000), 10_000)).toBe(1_002);
    expect(weigh('é'.repeat(1_000), 10_000)).toBe(2_002);
  });

  it('stops at the limit', () => {
    expect(weigh(['x'.repeat(50), 'y'.repeat(50)], 60)).toBe('too-large');
    expect(weigh({ key: 'x'.repeat(100) }, 60)).toBe('too-large');
  });

  it('leaves out members that JSON leaves out', () => {
    expect(weigh({ a: undefined }, 100)).toBe(weigh({}, 100));
  });

  it.each([
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['bytes', new Uint8Array(2)],
    ['a big integer', 1n],
    ['infinity', Number.POSITIVE_INFINITY],
    ['a function', () => 0],
    ['a hole in a list', [undefined]],
    ['an instance', new Error('no')],
  ])('does not take %s', (_name, value) => {
    expect(weigh({ value }, 1_000)).toBe('not-plain');
  });

  it('does not take a cycle', () => {
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    expect(weigh(cycle, 1_000_000)).toBe('not-plain');
  });
});
