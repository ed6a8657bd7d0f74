import { expect, test } from 'vitest';
import { PendingRecords, type PlacedRecord } from './pending-records.ts';

function record(partition: number, value: string, size = 0): PlacedRecord {
  const bytes = Buffer.concat([Buffer.from(value), Buffer.alloc(size)]);
  return { topic: 't', partition, key: null, value: bytes, timestamp: 1, headers: [] };
}

const unlimited = (): undefined => undefined;

function texts(pending: PendingRecords, limit: (key: string) => number | undefined = unlimited) {
  return pending.take(limit).map(({ partition, records }) => [partition, ...records.map(firstLetter)]);
}

function firstLetter({ value }: PlacedRecord): string {
  return Buffer.from(value ?? []).toString('utf8', 0, 1);
}

test('a batch per partition, in order, and then nothing is left', () => {
  const pending = new PendingRecords();
  for (const each of [record(1, 'a'), record(0, 'b'), record(1, 'c')]) pending.append(each);
  expect(pending.bytes).toBeGreaterThan(0);
  expect(texts(pending)).toEqual([
    [1, 'a', 'c'],
    [0, 'b'],
  ]);
  expect([pending.isEmpty, pending.bytes]).toEqual([true, 0]);
  pending.append(record(0, 'd'));
  expect(texts(pending)).toEqual([[0, 'd']]);
});

test('what does not fit into a batch, or is over the limit, waits for the next one', () => {
  const pending = new PendingRecords();
  for (const letter of ['a', 'b', 'c', 'd']) pending.append(record(0, letter, 300_000));
  expect(texts(pending)).toEqual([[0, 'a', 'b']]);
  expect(pending.bytes).toBeGreaterThan(600_000);
  expect(texts(pending, () => 1)).toEqual([[0, 'c']]);
  pending.append(record(0, 'e'));
  expect(texts(pending)).toEqual([[0, 'd', 'e']]);
  expect(pending.bytes).toBe(0);
});

test('a record that fits into no batch goes alone, and records put back come first', () => {
  const pending = new PendingRecords();
  pending.append(record(0, 'a', 2_000_000));
  pending.append(record(0, 'b'));
  const [taken] = pending.take(unlimited);
  if (taken !== undefined) pending.putBack(taken);
  expect(texts(pending)).toEqual([[0, 'a']]);
  expect(texts(pending)).toEqual([[0, 'b']]);
});
