import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Payload } from '#shared/contract/cluster-types.ts';
import { payloadBlock, payloadLine, prettyJson, recordJson } from './payload-text.ts';

function payload(kind: Payload['kind'], text: string, truncated = false): Payload {
  return { kind, text, bytes: text.length, truncated };
}

test('a payload fits on a line', () => {
  expect(payloadLine(payload('null', ''))).toBe('null');
  expect(payloadLine(payload('binary', 'cafe'))).toBe('0xcafe');
  expect(payloadLine(payload('json', '{\n  "a": 1\n}'))).toBe('{ "a": 1 }');
  expect(payloadLine(payload('text', 'two\nlines'))).toBe('two lines');
});

test('JSON is laid out as JavaScript would', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(prettyJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
    }),
  );
});

test('a number with more digits than JavaScript keeps stays as it is', () => {
  expect(prettyJson('{"id":12345678901234567890}')).toBe('{\n  "id": 12345678901234567890\n}');
});

test('JSON that was cut is not laid out, because its end is missing', () => {
  expect(payloadBlock(payload('json', '{"a":[1,2', true))).toBe('{"a":[1,2');
});

test('bytes stand sixteen to a line', () => {
  expect(payloadBlock(payload('binary', '00'.repeat(17)))).toBe(`${Array(16).fill('00').join(' ')}\n00`);
});

test('a copied record has its JSON as JSON', () => {
  const record = {
    partition: 1,
    offset: 2,
    timestamp: 3,
    key: payload('text', 'k'),
    value: payload('json', '{"a":1}'),
    headers: [{ key: 'h', value: payload('null', '') }],
  };
  expect(JSON.parse(recordJson(record))).toEqual({
    partition: 1,
    offset: 2,
    timestamp: 3,
    key: 'k',
    value: { a: 1 },
    headers: [{ key: 'h', value: null }],
  });
});
