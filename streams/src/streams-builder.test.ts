import { expect, test } from 'vitest';
import { TopologyTestDriver } from '../testing/topology-test-driver.ts';
import { TopologyError } from './errors.ts';
import { Serdes } from './serdes.ts';
import type { KeyValueStore } from './state-stores.ts';
import { Stores } from './store-builder.ts';
import { StreamsBuilder } from './streams-builder.ts';
import { JoinWindows, TimeWindows } from './windows.ts';

const S = Serdes.string();
const text = { key: S, value: S };

test('stateless steps, and headers pass through all of them', () => {
  const builder = new StreamsBuilder();
  const peeked: string[] = [];
  builder
    .stream('in', text)
    .filter((_key, value) => value !== 'drop')
    .filterNot((_key, value) => value === 'drop too')
    .peek((key, value) => peeked.push(`${key}:${value}`))
    .map((key, value): [string, string] => [key.toUpperCase(), value])
    .flatMap((key, value): [string, string][] => [
      [key, value],
      [`${key}2`, value],
    ])
    .selectKey((key) => `${key}!`)
    .mapValues((value, key) => `${key}=${value}`)
    .flatMapValues((value) => [value, value])
    .to('out', text);
  const driver = new TopologyTestDriver(builder.build());
  const input = driver.createInputTopic('in', S, S);
  const headers = [
    { key: 'h', value: Buffer.from('1') },
    { key: 'h', value: null },
  ];
  for (const value of ['drop', 'drop too', 'keep']) input.pipeInput('k', value, { timestamp: 5, headers });
  const records = driver.createOutputTopic('out', S, S).readRecords();
  expect(records.map(({ key, value }) => [key, value])).toEqual([
    ['K!', 'K!=keep'],
    ['K!', 'K!=keep'],
    ['K2!', 'K2!=keep'],
    ['K2!', 'K2!=keep'],
  ]);
  for (const record of records) expect(record).toMatchObject({ timestamp: 5, headers });
  expect(peeked).toEqual(['k:keep']);
});

test('split sends each record to one branch, in the order of the predicates', () => {
  const builder = new StreamsBuilder();
  const { big, even, rest } = builder
    .stream('in', { key: S, value: Serdes.long() })
    .split(
      { big: (_key, value) => value > 10, even: (_key, value) => value % 2 === 0 },
      { defaultBranch: 'rest' },
    );
  big.to('big');
  even.to('even');
  rest.to('rest');
  const driver = new TopologyTestDriver(builder.build());
  for (const value of [12, 4, 3]) driver.createInputTopic('in', S, Serdes.long()).pipeInput('k', value);
  const read = (topic: string) => driver.createOutputTopic(topic, S, Serdes.long()).readValues();
  expect([read('big'), read('even'), read('rest')]).toEqual([[12], [4], [3]]);
});

test('a sink chooses among its declared topics', () => {
  const builder = new StreamsBuilder();
  builder.stream('in', text).to((_key, value) => `to-${value}`, { topics: ['to-a', 'to-b'] });
  const driver = new TopologyTestDriver(builder.build());
  const input = driver.createInputTopic('in', S, S);
  input.pipeInput('k', 'b');
  expect(driver.createOutputTopic('to-b', S, S).readValues()).toEqual(['b']);
  expect(() => input.pipeInput('k', 'c')).toThrow(
    'chose the topic "to-c", which is not among its declared topics',
  );
});

test('reduce keeps the first value, and several aggregations of one grouping share its repartition topic', () => {
  const builder = new StreamsBuilder();
  const grouped = builder
    .stream('in', text)
    .groupBy((_key, value) => value?.slice(0, 1) ?? 'none', { name: 'by-letter', ...text });
  grouped
    .reduce((all, value) => `${all},${value}`, { name: 'joined', ...text })
    .toStream()
    .to('joined-out');
  grouped.count({ name: 'counted' });
  const driver = new TopologyTestDriver(builder.build(), { partitions: 2 });
  const input = driver.createInputTopic('in', S, S);
  for (const value of ['a1', 'b1', 'a2']) input.pipeInput('k', value);
  input.pipeInput('k', null);
  expect(driver.createOutputTopic('joined-out', S, S).readKeyValues()).toEqual([
    ['a', 'a1'],
    ['b', 'b1'],
    ['a', 'a1,a2'],
  ]);
  expect(driver.getKeyValueStore('counted').get('a')).toBe(2);
  expect(driver.producedTopicNames.filter((name) => name.endsWith('-repartition'))).toEqual([
    'test-by-letter-repartition',
  ]);
});

test('processors have stores and forward to named children', () => {
  const builder = new StreamsBuilder();
  builder.addStateStore(Stores.keyValueStore('seen', text));
  builder
    .stream('in', text)
    .processValues<string>(
      () => {
        let seen: KeyValueStore<string, string> | null = null;
        let send: (key: string, value: string, timestamp: number) => void = () => undefined;
        return {
          init(context) {
            seen = context.getStateStore<KeyValueStore<string, string>>('seen');
            send = (key, value, timestamp) => context.forward({ key, value, timestamp, headers: [] });
          },
          process({ key, value, timestamp }) {
            if (seen?.putIfAbsent(key, value) === null) send(key, value, timestamp);
          },
        };
      },
      { name: 'first-only', stores: ['seen'], value: S },
    )
    .to('out');
  const driver = new TopologyTestDriver(builder.build());
  const input = driver.createInputTopic('in', S, S);
  for (const value of ['one', 'two']) input.pipeInput('k', value, { timestamp: 7 });
  expect(driver.createOutputTopic('out', S, S).readValues()).toEqual(['one']);
  expect(driver.changelog('seen').map(({ timestamp }) => timestamp)).toEqual([7]);
});

test.each<[string, string, (builder: StreamsBuilder) => void]>([
  ['nothing is read', 'The topology is empty', () => undefined],
  [
    'a topic is read twice',
    'Topic "in" is read twice',
    (builder) => {
      builder.stream('in', text);
      builder.table('in', text);
    },
  ],
  [
    'two stores share a name',
    'Two state stores are named "same"',
    (builder) => {
      const grouped = builder.stream('in', text).groupByKey();
      grouped.count({ name: 'same' });
      grouped.windowedBy(TimeWindows.ofSizeWithNoGrace(5)).count({ name: 'same' });
    },
  ],
  [
    'a serde is not known any more',
    'The value of sink "sink" has no serde',
    (builder) =>
      builder
        .stream('in', text)
        .mapValues((value) => value.length)
        .to('out', { name: 'sink' }),
  ],
  [
    'a store is not connected',
    'uses the store "missing", which was never added',
    (builder) =>
      builder
        .stream('in', text)
        .process(() => ({ process: () => undefined }), { name: 'p', stores: ['missing'] }),
  ],
  [
    'a store is not used',
    'No step uses the store "idle"',
    (builder) => {
      builder.stream('in', text).to('out');
      builder.addStateStore(Stores.keyValueStore('idle', text));
    },
  ],
  [
    'a name cannot be part of a topic',
    'cannot name a store',
    (builder) => builder.stream('in', text).groupByKey().count({ name: 'my store' }),
  ],
  [
    'a name is that of a folder',
    '".." cannot name a store',
    (builder) => builder.stream('in', text).groupByKey().count({ name: '..' }),
  ],
  [
    'a branch is named by a number',
    'A branch cannot be named by the number 2',
    (builder) => builder.stream('in', text).split({ b: () => true, 2: () => true }),
  ],
  [
    'a store of windows ends before they do',
    'must keep its windows of 10 ms to their end, not for 5 ms',
    (builder) =>
      builder.addStateStore(Stores.windowStore('w', { ...text, windowSizeMs: 10, retentionMs: 5 })),
  ],
  [
    'a grouping with a name is repartitioned for a count and for a cogroup',
    'Two steps would share the repartition topic "by-repartition"',
    (builder) => {
      const grouped = builder.stream('in', text).groupBy((_key, value) => value, { ...text, name: 'by' });
      grouped.count({ name: 'counts' });
      grouped.cogroup<number>(() => 0).aggregate(() => 0, { name: 'sums', value: Serdes.long() });
    },
  ],
  [
    'windows are kept too short',
    'less than their size plus grace',
    (builder) =>
      builder
        .stream('in', text)
        .groupByKey()
        .windowedBy(TimeWindows.ofSizeAndGrace(10, 10))
        .count({ name: 'n', retentionMs: 15 }),
  ],
])('says what is wrong when %s', (_what, message, build) => {
  const work = (): void => {
    const builder = new StreamsBuilder();
    build(builder);
    builder.build();
  };
  expect(work).toThrow(TopologyError);
  expect(work).toThrow(message);
});

test('describe shows subtopologies, stores and topics', () => {
  const builder = new StreamsBuilder();
  builder.globalTable('regions', { ...text, store: 'regions' });
  builder
    .stream('in', { ...text, name: 'source' })
    .groupBy((_key, value) => value, { name: 'by-value', ...text })
    .count({ name: 'counts' })
    .toStream({ name: 'changes' })
    .to('out', { name: 'sink' });
  const description = builder.build().describe();
  expect(description.subtopologies.map(({ nodes }) => nodes.map(({ name }) => name))).toEqual([
    ['source', 'by-value-select', 'by-value-repartition-filter', 'by-value-repartition-sink'],
    ['by-value-repartition-source', 'counts-aggregate', 'changes', 'sink'],
  ]);
  expect(String(description)).toContain('Processor: counts-aggregate (stores: [counts])');
  expect(String(description)).toContain('Global store: regions (topic: regions)');
});

test('the plan names internal topics and their settings as Kafka Streams does', () => {
  const builder = new StreamsBuilder();
  const grouped = builder.stream('in', text).groupBy((_key, value) => value, { name: 'by-value', ...text });
  grouped.count({ name: 'counts' });
  grouped.windowedBy(TimeWindows.ofSizeAndGrace(60_000, 0)).count({ name: 'recent' });
  const near = JoinWindows.ofTimeDifferenceAndGrace(500, 1_000);
  builder
    .stream('one', text)
    .join(builder.stream('two', text), (one, two) => one + two, near, { name: 'pairs' });
  const topics = builder.build().plan('app').internalTopics;
  const joined = {
    'cleanup.policy': 'delete',
    'retention.ms': '86402000',
    'message.timestamp.type': 'CreateTime',
  };
  expect(Object.fromEntries(topics.map(({ name, configs }) => [name, configs]))).toEqual({
    'app-by-value-repartition': {
      'cleanup.policy': 'delete',
      'segment.bytes': '52428800',
      'retention.ms': '-1',
      'message.timestamp.type': 'CreateTime',
    },
    'app-counts-changelog': { 'cleanup.policy': 'compact', 'message.timestamp.type': 'CreateTime' },
    'app-recent-changelog': {
      'cleanup.policy': 'compact,delete',
      'retention.ms': '86460000',
      'message.timestamp.type': 'CreateTime',
    },
    'app-pairs-this-join-store-changelog': joined,
    'app-pairs-other-join-store-changelog': joined,
  });
});
