import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoreKind } from '#shared/contract/inspect.ts';
import { inferStoreKind } from './infer-store-kind.ts';
import { sessionKey, windowKey } from './testing/store-keys.ts';

const rawKey = fc.uint8Array({ maxLength: 40 });
const cleanup = (value: string) => [{ name: 'cleanup.policy', value, overridden: true }];

describe('inferStoreKind', () => {
  const now = 1_700_000_000_000;
  const sample = (...keys: Uint8Array[]) =>
    keys.map((key, offset) => ({ partition: 0, offset, timestamp: now, key, value: key, headers: [] }));
  const key = new TextEncoder().encode('customer-1');

  it.each<[StoreKind, string, Uint8Array]>([
    ['window', 'compact,delete', windowKey(key, now - 5_000, 0)],
    ['session', 'compact,delete', sessionKey(key, now - 5_000, now)],
    ['keyValue', 'compact', windowKey(key, now - 5_000, 0)],
    ['keyValue', 'compact,delete', key],
    ['keyValue', 'delete', key],
  ])('tells %s from %s and its keys', (kind, policy, stored) => {
    expect(inferStoreKind(cleanup(policy), sample(stored, stored))).toBe(kind);
  });

  it('needs all of the sample to agree, and some sample', () => {
    expect(inferStoreKind(cleanup('compact,delete'), sample(windowKey(key, now, 0), key))).toBe('keyValue');
    expect(inferStoreKind(cleanup('compact,delete'), [])).toBe('keyValue');
  });

  it('never takes a window for a session, nor the other way round', () => {
    const recent = fc.integer({ min: now - 10_000_000, max: now });
    fc.assert(
      fc.property(rawKey, recent, recent, (raw, a, b) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        expect(inferStoreKind(cleanup('compact,delete'), sample(windowKey(raw, start, 0)))).toBe('window');
        expect(inferStoreKind(cleanup('compact,delete'), sample(sessionKey(raw, start, end)))).toBe(
          'session',
        );
      }),
    );
  });
});
