import { expect, test } from 'vitest';
import { TopologyTestDriver } from '../../testing/topology-test-driver.ts';
import { TopologyError } from '../errors.ts';
import { Serdes } from '../serdes.ts';
import { StreamsBuilder } from '../streams-builder.ts';
import { resolvePartitionCounts } from './partition-counts.ts';

const text = { key: Serdes.string(), value: Serdes.string() };

test('streams of one topic share a source, and their steps go in the order they were added', () => {
  const builder = new StreamsBuilder();
  const first = builder.stream('in', text);
  const second = builder.stream('in', text);
  second.mapValues((value) => `${value} of the second`).to('out', text);
  first.to('out');
  const topology = builder.build();
  const driver = new TopologyTestDriver(topology);
  driver.createInputTopic('in', text.key, text.value).pipeInput('a', 'x', { timestamp: 5 });
  expect(driver.createOutputTopic('out', text.key, text.value).readValues()).toEqual([
    'x of the second',
    'x',
  ]);
  // As Kafka Streams counts: 0000000001 would have been the second source.
  expect(topology.describe().subtopologies).toMatchObject([
    {
      nodes: [
        {
          name: 'KSTREAM-SOURCE-0000000000',
          topics: ['in'],
          successors: ['KSTREAM-MAPVALUES-0000000002', 'KSTREAM-SINK-0000000004'],
        },
        { name: 'KSTREAM-MAPVALUES-0000000002', predecessors: ['KSTREAM-SOURCE-0000000000'] },
        { name: 'KSTREAM-SINK-0000000003' },
        { name: 'KSTREAM-SINK-0000000004', predecessors: ['KSTREAM-SOURCE-0000000000'] },
      ],
    },
  ]);
});

test('the first name counts, and the others are free for other steps', () => {
  const builder = new StreamsBuilder();
  builder.stream(['a', 'b', 'a'], { ...text, name: 'letters' });
  builder
    .stream(['b', 'a'], { ...text, name: 'again' })
    .filter(() => true, { name: 'again' })
    .to('out', { name: 'sink' });
  expect(builder.build().describe().subtopologies).toMatchObject([
    { nodes: [{ name: 'letters', topics: ['a', 'b'], successors: ['again'] }, { name: 'again' }, {}] },
  ]);
});

test('a topic that two streams read is a source topic once', () => {
  const builder = new StreamsBuilder();
  builder.stream('in', { ...text, offsetReset: 'latest' }).to('one');
  builder.stream('in', { ...text, offsetReset: 'latest' }).to('two');
  const plan = builder.build().plan('app');
  expect(plan.subtopologies.map(({ sourceTopics }) => sourceTopics)).toEqual([['in']]);
  expect(plan.externalSourceTopics).toEqual(['in']);
  expect([...plan.latestTopics]).toEqual(['in']);
});

// Kafka Streams 4.3.1 forgets the topic of every stream but the first here.
test('a later stream is co-partitioned with what it is joined with', () => {
  const builder = new StreamsBuilder();
  builder.stream('in', text).to('copy');
  const table = builder.table('rows', text);
  builder
    .stream('in', text)
    .join(table, (value, row) => `${value} ${row}`, { name: 'with-row' })
    .to('out', text);
  const plan = builder.build().plan('app');
  const joined = plan.subtopologies.flatMap(({ copartitionGroups }) => copartitionGroups);
  expect(joined.map((topics) => topics.toSorted())).toEqual([['in', 'rows']]);
  const counts = new Map([
    ['in', 2],
    ['rows', 3],
  ]);
  expect(() => resolvePartitionCounts(plan, counts)).toThrow('in has 2');
});

test('serdes are the same each time, also those that may be null', () => {
  const builder = new StreamsBuilder();
  const read = () =>
    builder.stream('in', { key: Serdes.nullable(Serdes.string()), value: Serdes.json<{ id: string }>() });
  read().to('one');
  read().to('two');
  expect(builder.build().describe().subtopologies).toHaveLength(1);
});

test.each<[string, string, (builder: StreamsBuilder) => void]>([
  [
    'a topic is shared in part',
    'Topic "b" is read by streams of different topics (a, b; b, c); give both the same topics',
    (builder) => {
      builder.stream(['a', 'b'], text);
      builder.stream(['b', 'c'], text);
    },
  ],
  [
    'topics of two streams are read by one',
    'Topic "a" is read by streams of different topics (a; a, b)',
    (builder) => {
      for (const topics of [['a'], ['b'], ['a', 'b']]) builder.stream(topics, text);
    },
  ],
  [
    'one begins elsewhere',
    'The streams of "in" do not agree on where to begin (offsetReset)',
    (builder) => {
      builder.stream('in', { ...text, offsetReset: 'earliest' });
      builder.stream('in', { ...text, offsetReset: 'latest' });
    },
  ],
  [
    'only one says where to begin',
    'The streams of "in" do not agree on where to begin (offsetReset)',
    (builder) => {
      builder.stream('in', text);
      builder.stream('in', { ...text, offsetReset: 'earliest' });
    },
  ],
  [
    'one takes the timestamp from elsewhere',
    'The streams of "in" do not agree on the timestamp extractor; pass the same to each of them',
    (builder) => {
      builder.stream('in', text);
      builder.stream('in', { ...text, timestampExtractor: (record) => record.timestamp });
    },
  ],
  [
    'one reads other values',
    'The streams of "in" do not agree on the serde of the value',
    (builder) => {
      builder.stream('in', text);
      builder.stream('in', { ...text, value: Serdes.long() });
    },
  ],
  [
    'a table comes after the stream',
    'Topic "in" is read twice (first by "KSTREAM-SOURCE-0000000000"), and only streams can share a topic',
    (builder) => {
      builder.stream('in', text);
      builder.table('in', text);
    },
  ],
  [
    'a stream comes after the table',
    'Topic "in" is read twice (first by "rows"), and only streams can share a topic',
    (builder) => {
      builder.table('in', { ...text, name: 'rows' });
      builder.stream('in', text);
    },
  ],
  [
    'there are two tables',
    'Topic "in" is read twice (first by "rows")',
    (builder) => {
      builder.table('in', { ...text, name: 'rows' });
      builder.table('in', text);
    },
  ],
  [
    'a stream comes after the global table',
    'Topic "in" is already read as the global table "rows"; leave one of the two out',
    (builder) => {
      builder.globalTable('in', { ...text, store: 'rows' });
      builder.stream('in', text);
    },
  ],
])('refused: %s', (_what, message, build) => {
  const builder = new StreamsBuilder();
  expect(() => build(builder)).toThrow(TopologyError);
  expect(() => build(new StreamsBuilder())).toThrow(message);
});
