import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { LogRecord } from '../src/record.ts';
import { Serdes } from '../src/serdes.ts';
import { StreamsBuilder } from '../src/streams-builder.ts';
import { JoinWindows, TimeWindows } from '../src/windows.ts';
import { TopologyTestDriver } from './topology-test-driver.ts';

/*
 * The same topologies and inputs were run with Apache Kafka Streams 4.3.1 (its TopologyTestDriver,
 * caching off); what it wrote is in the recorded file, by scenario and topic.
 */
const S = Serdes.string();
const text = { key: S, value: S };
const recorded = readFileSync(new URL('../test/recorded/kafka-streams-4.3.1.txt', import.meta.url), 'utf8');

type Input = readonly [topic: string, key: string | null, value: string | null, timestamp: number];

function answersOf(scenario: string): string[] {
  const lines = recorded.split('\n');
  const start = lines.indexOf(`== ${scenario}`) + 1;
  const end = lines.findIndex((line, index) => index >= start && (line.startsWith('== ') || line === ''));
  return lines.slice(start, end);
}

function show(bytes: Uint8Array | null): string {
  if (bytes === null) return 'null';
  const buffer = Buffer.from(bytes);
  return buffer.every((byte) => byte >= 32 && byte < 127) ? buffer.toString('utf8') : buffer.toString('hex');
}

function showText({ topic, key, value, timestamp }: LogRecord): string {
  return `${topic} ${show(key)} ${show(value)} @${timestamp}`;
}

function showHex({ topic, key, value, timestamp }: LogRecord): string {
  const hex = (bytes: Uint8Array | null): string =>
    bytes === null ? 'null' : Buffer.from(bytes).toString('hex');
  return `${topic} ${hex(key)} ${hex(value)} @${timestamp}`;
}

/** Pipes the inputs; `wait` entries move the clock. */
function run(
  builder: StreamsBuilder,
  inputs: readonly (Input | { readonly wait: number })[],
): TopologyTestDriver {
  const driver = new TopologyTestDriver(builder.build(), { applicationId: 'app', initialWallClockTime: 0 });
  for (const input of inputs) {
    if ('wait' in input) {
      driver.advanceWallClockTime(input.wait);
      continue;
    }
    const [topic, key, value, timestamp] = input;
    driver.createInputTopic(topic, S, S).pipeInput(key, value, { timestamp });
  }
  return driver;
}

function written(driver: TopologyTestDriver, topics: readonly string[], format = showText): string[] {
  return topics.flatMap((topic) => driver.records(topic).map(format));
}

test('records without a key on their way through repartition topics', () => {
  const builder = new StreamsBuilder();
  const stream = builder.stream('in', { key: Serdes.nullable(S), value: S });
  const rekeyed = (name: string) =>
    stream.selectKey((_key, value) => (value.startsWith('n') ? null : value), { name });
  const nullable = { key: Serdes.nullable(S), value: S };
  rekeyed('one')
    .repartition({ name: 'rep', ...nullable })
    .to('out');
  const table = builder.table('tab', nullable);
  const joiner = (left: string, right: string | null): string => `${left}/${right}`;
  rekeyed('two')
    .leftJoin(table, joiner, { name: 'lj', ...nullable })
    .to('out2', nullable);
  rekeyed('three')
    .join(table, joiner, { name: 'ij', ...nullable })
    .to('out3', nullable);
  stream
    .toTable({ name: 'tt', ...nullable })
    .toStream()
    .to('out4');
  const driver = run(builder, [
    ['tab', 'x', 'row', 0],
    ['in', 'k', 'n1', 1],
    ['in', 'k', 'x', 2],
    ['in', 'k', 'y', 3],
    ['in', null, 'x', 4],
  ]);
  const topics = [
    'app-rep-repartition',
    'out',
    'app-lj-repartition',
    'out2',
    'app-ij-repartition',
    'out3',
    'out4',
  ];
  expect(written(driver, topics)).toEqual(answersOf('nullkeys'));
});

test('filters and maps of tables: which deletions are passed on', () => {
  const builder = new StreamsBuilder();
  const startsWithA = (_key: string, value: string): boolean => value.startsWith('a');
  builder.table('tab', text).filter(startsWithA).toStream().to('f1');
  const kept = builder.table('tab2', { ...text, store: 'tab2-store' });
  kept.filter(startsWithA).toStream().to('f2');
  kept
    .mapValues((value) => `${value}!`)
    .toStream()
    .to('m2', text);
  kept
    .filter(startsWithA, { materialized: { name: 'fstore', ...text } })
    .toStream()
    .to('f3');
  const changes: (readonly [string, string | null, number])[] = [
    ['k', 'b', 1],
    ['k', 'a', 2],
    ['k', 'c', 3],
    ['k', 'c', 4],
    ['k', null, 5],
    ['k', null, 6],
    ['j', 'a', 9],
    ['j', 'a2', 7],
  ];
  const driver = run(
    builder,
    ['tab', 'tab2'].flatMap((topic) => changes.map(([key, value, at]): Input => [topic, key, value, at])),
  );
  expect(written(driver, ['f1', 'f2', 'm2', 'f3', 'app-fstore-changelog'])).toEqual(answersOf('tables'));
});

test('joins of tables: inner, left, and with a filter behind', () => {
  const builder = new StreamsBuilder();
  const left = builder.table('l', text);
  const right = builder.table('r', text);
  const concat = (one: string, two: string | null): string => `${one}${two}`;
  left.join(right, concat, { name: 'inner-join' }).toStream().to('inner', text);
  left.leftJoin(right, concat, { name: 'left-join' }).toStream().to('left', text);
  left
    .join(right, concat, { name: 'filtered-join' })
    .filter((_key, value) => value.startsWith('A'))
    .toStream()
    .to('filtered', text);
  const values = [null, null, 'A', 'a', 'B', 'b', null, null, 'C', 'c', null, null, null, 'd', 'D'];
  const sides = 'lrlrlrlrlrrlrrl';
  const driver = run(
    builder,
    values.map((value, index): Input => [sides.charAt(index), 'k', value, (index * 7) % 5]),
  );
  expect(written(driver, ['inner', 'left', 'filtered'])).toEqual(answersOf('tablejoins'));
});

test('joins of streams: matches, unmatched records, late records, null keys and values', () => {
  const builder = new StreamsBuilder();
  const left = builder.stream('l', text);
  const right = builder.stream('r', text);
  const windows = JoinWindows.ofTimeDifferenceAndGrace(10, 5);
  const pair = (one: string, two: string | null): string => `${one}+${two}`;
  left.leftJoin(right, pair, windows, { name: 'sj', ...text, otherValue: S }).to('left', text);
  left.join(right, pair, windows.before(3), { name: 'si', ...text, otherValue: S }).to('inner', text);
  const driver = run(builder, [
    ['l', 'a', 'l1', 0],
    ['l', 'b', 'l2', 5],
    ['r', 'a', 'r1', 10],
    ['r', 'b', 'r2', 16],
    ['l', 'a', 'l3', 12],
    { wait: 2000 },
    ['l', 'c', 'l4', 21],
    { wait: 2000 },
    ['r', 'zz', 'r9', 40],
    ['l', 'c', 'l5', 3],
    ['l', null, 'nk', 41],
    ['r', 'c', null, 41],
    ['r', 'c', 'r5', 24],
    ['l', 'c', 'l6', 33],
    ['l', 'c', 'l7', 33],
    { wait: 2000 },
    ['r', 'q', 'r', 100],
  ]);
  const answers = answersOf('ssjoin').filter((line) => !line.startsWith('app-'));
  expect(written(driver, ['left', 'inner'])).toEqual(answers);
});

test('changelog bytes of join stores and window stores, hopping windows, late records', () => {
  const builder = new StreamsBuilder();
  const left = builder.stream('l', text);
  const windows = JoinWindows.ofTimeDifferenceAndGrace(10, 5);
  const options = { name: 'sj', ...text, otherValue: S };
  left.leftJoin(builder.stream('r', text), (one, two) => `${one}+${two}`, windows, options).to('left', text);
  left
    .groupByKey()
    .windowedBy(TimeWindows.ofSizeAndGrace(10, 5).advanceBy(4))
    .aggregate(
      () => '',
      (_key, value, all) => all + value,
      { name: 'w', ...text },
    )
    .toStream(({ key, window }) => `${key}${window.start}-${window.end}`)
    .to('wout', text);
  const driver = run(builder, [
    ['l', 'a', 'l1', 7],
    ['l', 'a', 'l2', 7],
    ['l', 'a', 'l3', 20],
    ['l', 'a', null, 9],
    ['l', 'a', 'l4', 12],
    ['l', null, 'l5', 9],
  ]);
  const changelogs = ['sj-left-shared-join-store', 'sj-this-join-store', 'w'].map(
    (name) => `app-${name}-changelog`,
  );
  const answers = answersOf('ssjoin').filter((line) => line.startsWith('app-'));
  expect(written(driver, changelogs, showHex)).toEqual(answers);
  expect(written(driver, ['wout'])).toEqual(answersOf('bytes'));
});
