import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OrderedByteMap } from './ordered-byte-map.ts';

const key = fc
  .uint8Array({ minLength: 1, maxLength: 2 })
  .map((bytes) => Buffer.from(bytes.map((byte) => byte % 60)));
const operation = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('set' as const), key, value: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), key, value: fc.nat() }) },
);

test('holds the same entries in the same order as a sorted list', () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 3000 }), key, key, (operations, from, to) => {
      const map = new OrderedByteMap<number>();
      const model = new Map<string, number>();
      for (const each of operations) {
        const id = each.key.toString('hex');
        if (each.kind === 'set') {
          map.set(each.key, each.value);
          model.set(id, each.value);
        } else {
          expect(map.delete(each.key)).toBe(model.delete(id));
        }
      }
      const sorted = [...model].sort(([left], [right]) =>
        Buffer.compare(Buffer.from(left, 'hex'), Buffer.from(right, 'hex')),
      );
      const hex = (entries: Iterable<[Uint8Array, number]>) =>
        [...entries].map(([bytes, value]) => [Buffer.from(bytes).toString('hex'), value]);
      expect(map.size).toBe(model.size);
      expect(hex(map.entries({ from: null, to: null, reverse: false }))).toEqual(sorted);
      const inRange = sorted.filter(
        ([id]) =>
          Buffer.compare(Buffer.from(id, 'hex'), from) >= 0 &&
          Buffer.compare(Buffer.from(id, 'hex'), to) <= 0,
      );
      expect(hex(map.entries({ from, to, reverse: true }))).toEqual(inRange.reverse());
    }),
    { numRuns: 40 },
  );
});
