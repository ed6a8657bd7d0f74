import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeRow, encodeRow, type VersionedRow } from './versioned-row.ts';

test('bytes of a row are those of Kafka Streams', () => {
  const row = {
    next: 30,
    versions: [
      { from: 20, value: null },
      { from: 10, value: Buffer.from('ab') },
    ],
  };
  expect(Buffer.from(encodeRow(row)).toString('hex')).toBe(
    '000000000000001e' +
      '000000000000000a' +
      '0000000000000014ffffffff' +
      '000000000000000a00000002' +
      Buffer.from('ab').toString('hex'),
  );
});

const value = fc.option(fc.uint8Array({ maxLength: 5 }), { nil: null });
const row = fc
  .tuple(
    fc.uniqueArray(fc.nat(2 ** 40), { minLength: 1, maxLength: 40 }),
    fc.array(value, { minLength: 40, maxLength: 40 }),
  )
  .map(([times, values]) => {
    const versions = times.toSorted((a, b) => b - a).map((from, at) => ({ from, value: values[at] ?? null }));
    return { next: (versions[0]?.from ?? 0) + 1, versions };
  });

test('a row is read as it was written', () => {
  fc.assert(
    fc.property(row, (written) => {
      const read = decodeRow(encodeRow(written));
      const plain = ({ next, versions }: VersionedRow) => ({
        next,
        versions: versions.map((each) => ({ ...each, value: each.value && [...each.value] })),
      });
      expect(plain(read)).toEqual(plain(written));
    }),
  );
});
