import { expect, test } from 'vitest';
import { Serdes } from '../serdes.ts';
import { changedSerde } from './changed-serde.ts';

const serde = changedSerde(Serdes.string());
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

// Bytes recorded from Kafka Streams 4.3.1's ChangedSerializer.
test('bytes of changes are those of Kafka Streams', () => {
  expect(hex(serde.serialize({ newValue: null, oldValue: 'old' }))).toBe('6f6c6400');
  expect(hex(serde.serialize({ newValue: 'new', oldValue: null }))).toBe('6e657701');
  expect(hex(serde.serialize({ newValue: 'new', oldValue: 'old' }))).toBe('066e65776f6c6402');
  const long = hex(serde.serialize({ newValue: 'x'.repeat(300), oldValue: '' }));
  expect(long).toBe(`d804${'78'.repeat(300)}02`);
});

test.each([
  { newValue: null, oldValue: '' },
  { newValue: '', oldValue: null },
  { newValue: 'x'.repeat(20_000), oldValue: 'old' },
])('a change is read as it was written', (change) => {
  expect(serde.deserialize(serde.serialize(change))).toEqual({ ...change, isLatest: true });
});

test('forms of later versions tell whether the change is the latest', () => {
  const read = (text: string) => serde.deserialize(Buffer.from(text, 'hex'));
  expect(read('6f6c640103')).toEqual({ newValue: null, oldValue: 'old', isLatest: true });
  expect(read('6e65770004')).toEqual({ newValue: 'new', oldValue: null, isLatest: false });
  expect(read('066e65776f6c640005')).toEqual({ newValue: 'new', oldValue: 'old', isLatest: false });
});

test('what is not a change is refused', () => {
  expect(() => serde.serialize({ newValue: null, oldValue: null })).toThrow('cannot be written');
  expect(() => serde.deserialize(Buffer.of(9))).toThrow('form 9');
  expect(() => serde.deserialize(Buffer.alloc(0))).toThrow('form -1');
});
