import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SerializationError } from './errors.ts';
import { Serdes } from './serdes.ts';
import { timeWindowedSerde } from './windowed-serdes.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

test('numbers are big-endian, as Java writes them', () => {
  expect(hex(Serdes.long().serialize(1))).toBe('0000000000000001');
  expect(hex(Serdes.long().serialize(-2))).toBe('fffffffffffffffe');
  expect(hex(Serdes.integer().serialize(-1))).toBe('ffffffff');
  expect(hex(Serdes.double().serialize(1.5))).toBe('3ff8000000000000');
});

test('long holds every safe integer', () => {
  const serde = Serdes.long();
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      const bytes = serde.serialize(value);
      expect(Buffer.from(bytes).readBigInt64BE()).toBe(BigInt(value));
      expect(serde.deserialize(bytes)).toBe(value);
    }),
  );
});

test('bigint holds every 64-bit integer, in the bytes of a long', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
      const bytes = Serdes.bigint().serialize(value);
      expect(Buffer.from(bytes).readBigInt64BE()).toBe(value);
      expect(Serdes.bigint().deserialize(bytes)).toBe(value);
    }),
  );
  expect(Serdes.bigint().serialize(-2n)).toEqual(Serdes.long().serialize(-2));
});

test.each([
  ['a fraction', () => Serdes.long().serialize(1.5)],
  ['an unsafe integer', () => Serdes.long().serialize(2 ** 53)],
  ['a long beyond numbers', () => Serdes.long().deserialize(Buffer.from('7fffffffffffffff', 'hex'))],
  ['an integer of more than 64 bits', () => Serdes.bigint().serialize(2n ** 63n)],
  ['too few bytes', () => Serdes.long().deserialize(Buffer.alloc(4))],
  ['an integer out of range', () => Serdes.integer().serialize(2 ** 31)],
  ['bad JSON', () => Serdes.json().deserialize(Buffer.from('{'))],
  ['undefined', () => Serdes.json<unknown>().serialize(undefined)],
])('refuses %s', (_what, work) => {
  expect(work).toThrow(SerializationError);
});

test('half a surrogate pair becomes a question mark, as in Java', () => {
  const halves = `a${'\u{1f600}'.charAt(0)}b${'\u{1f600}'.charAt(1)}`;
  expect(hex(Serdes.string().serialize(halves))).toBe('613f623f');
  expect(hex(Serdes.string().serialize('\u{1f600}'))).toBe('f09f9880');
});

test('JSON values come back', () => {
  const serde = Serdes.json<unknown>();
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(serde.deserialize(serde.serialize(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('windowed keys are key and start; the partition follows the base key', () => {
  const serde = timeWindowedSerde(Serdes.string(), 10);
  const value = { key: 'ab', window: { start: 256, end: 266 } };
  expect(hex(serde.serialize(value))).toBe('61620000000000000100');
  expect(serde.deserialize(serde.serialize(value))).toEqual(value);
  expect(serde.partitionBytes?.(value)).toEqual(Buffer.from('ab'));
});
