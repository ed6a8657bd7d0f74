import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStoreKey } from './store-keys.ts';
import { sessionKey, windowKey } from './testing/store-keys.ts';

const time = fc.integer({ min: 0, max: 4_000_000_000_000 });
const rawKey = fc.uint8Array({ maxLength: 40 });

describe('parseStoreKey', () => {
  it('finds the raw key and the start in every window key', () => {
    fc.assert(
      fc.property(rawKey, time, fc.nat(), (key, start, sequence) => {
        const parsed = parseStoreKey('window', windowKey(key, start, sequence), 60_000);
        expect(parsed).toEqual({ key, window: { start, end: start + 60_000 } });
      }),
    );
  });

  it('does not know where a window ends, unless it is told its size', () => {
    expect(parseStoreKey('window', windowKey(Uint8Array.of(1), 5, 0))?.window).toEqual({
      start: 5,
      end: null,
    });
  });

  it('finds the raw key, start and end in every session key', () => {
    fc.assert(
      fc.property(rawKey, time, time, (key, a, b) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        expect(parseStoreKey('session', sessionKey(key, start, end))).toEqual({
          key,
          window: { start, end },
        });
      }),
    );
  });

  it('refuses what is too short, and times that no clock shows', () => {
    expect(parseStoreKey('window', new Uint8Array(11))).toBeNull();
    expect(parseStoreKey('session', new Uint8Array(15))).toBeNull();
    expect(parseStoreKey('window', new Uint8Array(12).fill(255))).toBeNull();
    expect(parseStoreKey('session', sessionKey(Uint8Array.of(), 9, 8))).toBeNull();
  });
});
