import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Compression, compress, compressionId, decompress, isSupported } from './compression.ts';

const ALL: readonly Compression[] = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];
const COMPRESSIONS = ALL.filter(isSupported);

const word = fc.constantFrom('order', 'customer', '{"total":', '0', 'aaaaaaaaaaaaaaaaaaaaaaaa', '\u0000');
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((each) => Buffer.from(each)),
  fc.array(word, { maxLength: 400 }).map((words) => Buffer.from(words.join(''))),
  fc.tuple(fc.nat(200_000), fc.nat(255)).map(([length, fill]) => Buffer.alloc(length, fill)),
  fc.array(word, { minLength: 50, maxLength: 200 }).map((words) => Buffer.from(words.join('').repeat(100))),
);

test.each(COMPRESSIONS)('%s gives the same bytes back', (compression) => {
  fc.assert(
    fc.property(bytes, (original) => {
      const packed = Buffer.from(compress(compression, original));
      expect(decompress(compressionId(compression), packed)?.equals(original)).toBe(true);
    }),
  );
});

test.each(['snappy', 'lz4'] as const)('%s makes text smaller', (compression) => {
  const text = Buffer.from('an order of a customer, and then another one; '.repeat(4_000));
  expect(compress(compression, text).length).toBeLessThan(text.length / 5);
});

test.each(['snappy', 'lz4'] as const)('broken %s is an error, whatever is broken', (compression) => {
  const packed = Buffer.from(
    compress(compression, Buffer.from('abcabcabcabcabcabcabcabcabcabcabc'.repeat(9))),
  );
  fc.assert(
    fc.property(fc.nat(packed.length - 1), fc.nat(255), fc.nat(packed.length), (at, byte, length) => {
      const broken = Buffer.from(packed.subarray(0, length));
      if (at < length) broken[at] = byte;
      try {
        expect(decompress(compressionId(compression), broken)).toBeInstanceOf(Buffer);
      } catch (error) {
        expect((error as Error).name).toBe('SerializationError');
      }
    }),
  );
});

test('a bare block of Snappy is read, as clients without the frame write it', () => {
  const block = Buffer.concat([
    Buffer.from([11, 4 << 2]),
    Buffer.from('abcde'),
    Buffer.from([(2 << 2) | 1, 5]),
  ]);
  expect(decompress(compressionId('snappy'), block)?.toString()).toBe('abcdeabcdea');
});
