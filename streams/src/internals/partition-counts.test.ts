import { expect, test } from 'vitest';
import { Serdes } from '../serdes.ts';
import { StreamsBuilder } from '../streams-builder.ts';
import { resolvePartitionCounts } from './partition-counts.ts';

const text = { key: Serdes.string(), value: Serdes.string() };

function rekeyedJoin(partitions?: number) {
  const builder = new StreamsBuilder();
  const table = builder.table('table', { ...text, store: 'table' });
  const stream = builder.stream('stream', text).selectKey((_key, value) => value);
  const ready =
    partitions === undefined ? stream : stream.repartition({ name: 'fixed', ...text, partitions });
  ready.join(table, (left, right) => left + right, { name: 'joined', ...text }).to('out', text);
  return builder.build().plan('app');
}

test('a repartition topic follows the topic it is joined with', () => {
  const counts = resolvePartitionCounts(
    rekeyedJoin(),
    new Map([
      ['stream', 8],
      ['table', 3],
    ]),
  );
  expect(counts.get('app-joined-repartition')).toBe(3);
  expect(counts.get('app-table-changelog')).toBe(3);
});

test('a fixed count must agree', () => {
  const topics = new Map([
    ['stream', 8],
    ['table', 3],
  ]);
  expect(resolvePartitionCounts(rekeyedJoin(3), topics).get('app-fixed-repartition')).toBe(3);
  expect(() => resolvePartitionCounts(rekeyedJoin(4), topics)).toThrow(
    'table has 3, app-fixed-repartition has 4',
  );
});

test('a repartition topic alone has as many partitions as its sources', () => {
  const builder = new StreamsBuilder();
  builder
    .stream(['one', 'two'], text)
    .groupBy((_key, value) => value, { name: 'by-value', ...text })
    .count({ name: 'counts' });
  const counts = resolvePartitionCounts(
    builder.build().plan('app'),
    new Map([
      ['one', 2],
      ['two', 5],
    ]),
  );
  expect(counts.get('app-by-value-repartition')).toBe(5);
  expect(counts.get('app-counts-changelog')).toBe(5);
});

test('a missing source topic is named', () => {
  expect(() => resolvePartitionCounts(rekeyedJoin(), new Map([['stream', 8]]))).toThrow(
    'Source topic "table" does not exist',
  );
});

test('a subtopology that reads its own repartition topic counts its other sources', () => {
  const builder = new StreamsBuilder();
  const table = builder.table('table', { ...text, store: 'table' });
  const grouped = table.groupBy((_key, value) => [value, value], { name: 'by-value', ...text });
  const last = grouped.reduce(
    (_all, value) => value,
    (all) => all,
    { name: 'last', ...text },
  );
  table.join(last, (one, two) => one + two, { name: 'joined' });
  const counts = resolvePartitionCounts(builder.build().plan('app'), new Map([['table', 3]]));
  expect(counts.get('app-by-value-repartition')).toBe(3);
});
