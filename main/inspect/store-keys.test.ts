import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inferStoreKind, parseStoreKey, type StoreKind } from './store-keys.ts';

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
    expect(parseStoreKey('keyValue', new Uint8Array(3))).toEqual({ key: new Uint8Array(3), window: null });
  });
});

describe('inferStoreKind', () => {
  const now = 1_700_000_000_000;
  const sample = (...keys: Uint8Array[]) =>
    keys.map((key, offset) => ({ partition: 0, offset, timestamp: now, key, value: null, headers: [] }));
  const key = new TextEncoder().encode('customer-1');

  it.each<[StoreKind, string, Uint8Array]>([
    ['window', 'compact,delete', windowKey(key, now - 5_000, 0)],
    ['session', 'compact,delete', sessionKey(key, now - 5_000, now)],
    ['keyValue', 'compact', windowKey(key, now - 5_000, 0)],
    ['keyValue', 'compact,delete', key],
    ['keyValue', 'delete', key],
  ])('tells %s from %s and its keys', (kind, policy, stored) => {
    expect(inferStoreKind(policy, sample(stored, stored))).toBe(kind);
  });

  it('needs all of the sample to agree, and some sample', () => {
    expect(inferStoreKind('compact,delete', sample(windowKey(key, now, 0), key))).toBe('keyValue');
    expect(inferStoreKind('compact,delete', [])).toBe('keyValue');
  });

  it('never takes a window for a session, nor the other way round', () => {
    const recent = fc.integer({ min: now - 10_000_000, max: now });
    fc.assert(
      fc.property(rawKey, recent, recent, (raw, a, b) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        expect(inferStoreKind('compact,delete', sample(windowKey(raw, start, 0)))).toBe('window');
        expect(inferStoreKind('compact,delete', sample(sessionKey(raw, start, end)))).toBe('session');
      }),
    );
  });
});

function windowKey(key: Uint8Array, start: number, sequence: number): Uint8Array {
  const suffix = Buffer.alloc(12);
  suffix.writeBigInt64BE(BigInt(start));
  suffix.writeInt32BE(sequence, 8);
  return Uint8Array.from([...key, ...suffix]);
}

function sessionKey(key: Uint8Array, start: number, end: number): Uint8Array {
  const suffix = Buffer.alloc(16);
  suffix.writeBigInt64BE(BigInt(end));
  suffix.writeBigInt64BE(BigInt(start), 8);
  return Uint8Array.from([...key, ...suffix]);
}
