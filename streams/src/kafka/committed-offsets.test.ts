import { expect, test } from 'vitest';
import { decodePartitionTime, decodeProcessorMetadata, encodePartitionTime } from './committed-offsets.ts';

test('partition time is kept as Kafka Streams keeps it', () => {
  expect(encodePartitionTime(1)).toBe(Buffer.from('020000000000000001', 'hex').toString('base64'));
  expect(decodePartitionTime(encodePartitionTime(1_700_000_000_000))).toBe(1_700_000_000_000);
  expect(decodePartitionTime(Buffer.from('010000000000000005', 'hex').toString('base64'))).toBe(5);
});

test.each([null, '', 'text', Buffer.from('09', 'hex').toString('base64')])(
  'other metadata (%s) is ignored',
  (text) => {
    expect(decodePartitionTime(text)).toBe(-1);
  },
);

test("processors' numbers follow the partition time; recorded from Kafka Streams 4.3.1", () => {
  const recorded = 'AgAAAAAAAAAFAAAAAQAAAAFzAAABi8/laHs=';
  const numbers = new Map([['s', 1_700_000_000_123]]);
  expect(encodePartitionTime(5, numbers)).toBe(recorded);
  expect(decodePartitionTime(recorded)).toBe(5);
  expect(decodeProcessorMetadata(recorded)).toEqual(numbers);
});

test.each([null, '', 'AgAAAAAAAAAF', 'AgAAAAAAAAAFAAAAAQAAAAFz', 'AgAAAAAAAAAFAAAAAX////8AAAA='])(
  'metadata without whole numbers (%s) holds none',
  (text) => {
    expect(decodeProcessorMetadata(text)).toEqual(new Map());
  },
);
