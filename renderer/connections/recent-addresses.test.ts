import { expect, test } from 'vitest';
import { readRecentAddresses, withRecentAddress, writeRecentAddresses } from './recent-addresses.ts';

function memory(text: string | null = null) {
  let kept = text;
  return {
    getItem: () => kept,
    setItem: (_key: string, value: string) => {
      kept = value;
    },
  };
}

test('what is written is read', () => {
  const storage = memory();
  writeRecentAddresses(storage, ['a:1', 'b:2']);
  expect(readRecentAddresses(storage)).toEqual(['a:1', 'b:2']);
});

test('the latest stands in front, once', () => {
  expect(withRecentAddress(['a:1', 'b:2'], 'b:2')).toEqual(['b:2', 'a:1']);
});

test('no more than eight are kept', () => {
  const eight = Array.from({ length: 8 }, (_, index) => `host-${index}:9092`);
  expect(withRecentAddress(eight, 'new:9092')).toEqual(['new:9092', ...eight.slice(0, 7)]);
});

test.each([null, '{', '"a"', '{"a":1}'])('a memory of %s counts as none', (text) => {
  expect(readRecentAddresses(memory(text))).toEqual([]);
});
