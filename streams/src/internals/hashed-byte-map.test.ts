import fc from 'fast-check';
import { expect, test } from 'vitest';
import { partitionForKey } from '../partitioner.ts';
import { HashedByteMap } from './hashed-byte-map.ts';

const key = fc.uint8Array({ maxLength: 2 }).map((bytes) => Buffer.from(bytes.map((byte) => byte % 60)));
const operation = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('set' as const), key, value: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), key, value: fc.nat() }) },
);

test('holds the same entries as a map of texts', () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 3000 }), (operations) => {
      const map = new HashedByteMap<number>();
      const model = new Map<string, number>();
      for (const each of operations) {
        const id = each.key.toString('hex');
        expect(map.get(each.key)).toBe(model.get(id));
        if (each.kind === 'set') {
          expect(map.set(each.key, each.value)).toBe(!model.has(id));
          model.set(id, each.value);
        } else {
          expect(map.delete(each.key)).toBe(model.delete(id));
        }
      }
      expect(map.size).toBe(model.size);
      const found = [...map.entries()].map(([bytes, value]) => [Buffer.from(bytes).toString('hex'), value]);
      expect(found.sort()).toEqual([...model].sort());
    }),
    { numRuns: 40 },
  );
});

test('finds the keys of one partition, whose hashes have their low bits in common', () => {
  const keys = Array.from({ length: 40_000 }, (_, index) => Buffer.from(`key-${index}`));
  const own = keys.filter((each) => partitionForKey(each, 8) === 3);
  const map = new HashedByteMap<number>();
  for (const [index, each] of own.entries()) map.set(each, index);
  for (const [index, each] of own.entries()) expect(map.get(each)).toBe(index);
  for (const each of own) map.delete(each);
  expect([...map.entries()]).toEqual([]);
});
