import { expect, test } from 'vitest';
import { Serdes } from '../src/serdes.ts';
import { StreamsBuilder } from '../src/streams-builder.ts';
import { TimeWindows } from '../src/windows.ts';
import { TopologyTestDriver } from './topology-test-driver.ts';

const strings = { key: Serdes.string(), value: Serdes.string() };

test('counts words through a repartition topic, over several partitions', () => {
  const builder = new StreamsBuilder();
  builder
    .stream('lines', strings)
    .flatMapValues((line) => line.split(' '))
    .groupBy((_key, word) => word, { name: 'words', key: Serdes.string(), value: Serdes.string() })
    .count({ name: 'counts' })
    .toStream()
    .to('word-counts');
  const driver = new TopologyTestDriver(builder.build(), { partitions: 3, applicationId: 'app' });
  const lines = driver.createInputTopic('lines', Serdes.string(), Serdes.string());
  const counts = driver.createOutputTopic('word-counts', Serdes.string(), Serdes.long());
  lines.pipeInput('1', 'a b a', { timestamp: 5 });
  lines.pipeInput('2', 'b', { timestamp: 3 });
  expect(counts.readKeyValues()).toEqual([
    ['a', 1],
    ['b', 1],
    ['a', 2],
    ['b', 2],
  ]);
  expect([...driver.getKeyValueStore('counts').all()]).toEqual([
    ['a', 2],
    ['b', 2],
  ]);
  expect(driver.producedTopicNames).toContain('app-words-repartition');
  expect(driver.changelog('counts').at(-1)?.timestamp).toBe(5);
});

test('counts in windows and drops late records', () => {
  const builder = new StreamsBuilder();
  builder
    .stream('clicks', strings)
    .groupByKey()
    .windowedBy(TimeWindows.ofSizeAndGrace(10, 5))
    .count({ name: 'clicks-per-window' })
    .toStream((windowed) => `${windowed.key}@${windowed.window.start}`)
    .to('out', { key: Serdes.string() });
  const driver = new TopologyTestDriver(builder.build());
  const clicks = driver.createInputTopic('clicks', Serdes.string(), Serdes.string());
  const out = driver.createOutputTopic('out', Serdes.string(), Serdes.long());
  for (const timestamp of [1, 12, 9, 15, 9, 16]) clicks.pipeInput('a', 'x', { timestamp });
  expect(out.readKeyValues()).toEqual([
    ['a@0', 1],
    ['a@10', 1],
    ['a@0', 2],
    ['a@10', 2],
    ['a@10', 3],
  ]);
  expect(driver.droppedRecords('late')).toBe(1);
  expect([...driver.getWindowStore<string, number>('clicks-per-window').fetchRange('a', 0, 20)]).toEqual([
    [0, 2],
    [10, 3],
  ]);
});

test('joins a stream with a table and a global table', () => {
  const builder = new StreamsBuilder();
  const customers = builder.table('customers', { ...strings, store: 'customers' });
  const regions = builder.globalTable('regions', { ...strings, store: 'regions' });
  builder
    .stream('orders', strings)
    .join(customers, (order, customer) => `${order}:${customer}`, { name: 'with-customer' })
    .leftJoin(
      regions,
      (_key, value) => value.slice(-1),
      (value, region) => `${value}:${region ?? 'nowhere'}`,
    )
    .to('out', { value: Serdes.string() });
  const driver = new TopologyTestDriver(builder.build());
  driver.createInputTopic('customers', Serdes.string(), Serdes.string()).pipeInput('c', 'carl');
  driver.createInputTopic('regions', Serdes.string(), Serdes.string()).pipeInput('l', 'north');
  const orders = driver.createInputTopic('orders', Serdes.string(), Serdes.string());
  orders.pipeInput('c', 'o1');
  orders.pipeInput('unknown', 'o2');
  expect(driver.createOutputTopic('out', Serdes.string(), Serdes.string()).readKeyValues()).toEqual([
    ['c', 'o1:carl:north'],
  ]);
});

test('an output topic that is also an input gives only what the topology wrote', () => {
  const builder = new StreamsBuilder();
  builder
    .stream('steps', strings)
    .filter((_key, value) => value === 'asked')
    .mapValues(() => 'answered')
    .to('steps', { value: Serdes.string() });
  const driver = new TopologyTestDriver(builder.build());
  const steps = driver.createOutputTopic('steps', Serdes.string(), Serdes.string());
  driver.createInputTopic('steps', Serdes.string(), Serdes.string()).pipeInput('a', 'asked');
  expect(steps.readKeyValues()).toEqual([['a', 'answered']]);
});
