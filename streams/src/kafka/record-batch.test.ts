import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BatchRecord, encodeBatch } from './encode-batch.ts';
import { decodeBatches } from './record-batch.ts';

const bytes = fc.option(
  fc.uint8Array({ maxLength: 200 }).map((each) => Buffer.from(each)),
  { nil: null },
);
const record: fc.Arbitrary<BatchRecord> = fc.record({
  key: bytes,
  value: bytes,
  timestamp: fc.integer({ min: 0, max: 2_000_000_000_000 }),
  headers: fc.array(fc.record({ key: fc.string(), value: bytes }), { maxLength: 3 }),
});
const producer = {
  producerId: '4611686018427387904',
  producerEpoch: 3,
  baseSequence: 7,
  transactional: false,
};

function at(batch: Buffer, offset: number): Buffer {
  batch.writeBigInt64BE(BigInt(offset), 0);
  return batch;
}

const compression = fc.constantFrom('none' as const, 'gzip' as const, 'snappy' as const, 'lz4' as const);

test('records come back as they were, headers in order', () => {
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 20 }), compression, (records, codec) => {
      const batch = at(encodeBatch(records, producer, codec), 100);
      const decoded = decodeBatches('t', 0, batch, 0, []);
      expect(decoded.nextOffset).toBe(100 + records.length);
      expect(decoded.records.map(({ offset }) => offset)).toEqual(records.map((_, index) => 100 + index));
      expect(
        decoded.records.map(({ key, value, timestamp, headers }) => ({ key, value, timestamp, headers })),
      ).toEqual(records);
    }),
  );
});

test('an incomplete last batch is left for the next fetch', () => {
  const records = [{ key: null, value: Buffer.from('v'), timestamp: 1, headers: [] }];
  const first = at(encodeBatch(records, producer), 0);
  const second = at(encodeBatch(records, producer), 1);
  const cut = Buffer.concat([first, second.subarray(0, second.length - 3)]);
  expect(decodeBatches('t', 0, cut, 0, []).nextOffset).toBe(1);
});

test('records before the asked offset are left out', () => {
  const records = ['a', 'b', 'c'].map((each) => ({
    key: null,
    value: Buffer.from(each),
    timestamp: 1,
    headers: [],
  }));
  const decoded = decodeBatches('t', 0, at(encodeBatch(records, producer), 10), 12, []);
  expect(decoded.records.map(({ value }) => value?.toString())).toEqual(['c']);
});

/** A control batch, as a coordinator ends a transaction: type 0 aborts, 1 commits. */
function marker(offset: number, type: 0 | 1): Buffer {
  const key = Buffer.from([0, 0, 0, type]);
  const batch = at(
    encodeBatch([{ key, value: Buffer.alloc(6), timestamp: 1, headers: [] }], producer),
    offset,
  );
  batch.writeInt16BE(0x30, 21);
  return batch;
}

test('aborted records are skipped, later ones of the same producer are not', () => {
  const transactional = { ...producer, transactional: true };
  const one = (value: string, offset: number): Buffer =>
    at(
      encodeBatch([{ key: null, value: Buffer.from(value), timestamp: 1, headers: [] }], transactional),
      offset,
    );
  const log = Buffer.concat([one('lost', 0), marker(1, 0), one('kept', 2), marker(3, 1)]);
  const decoded = decodeBatches('t', 0, log, 0, [{ producerId: producer.producerId, firstOffset: 0 }]);
  expect(decoded.records.map(({ value }) => value?.toString())).toEqual(['kept']);
  expect(decoded.nextOffset).toBe(4);
});
