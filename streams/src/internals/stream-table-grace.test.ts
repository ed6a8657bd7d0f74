import { expect, test } from 'vitest';
import { graceJoinScenarios } from '../../test/grace-join-scenarios.ts';
import { recordedAnswers, runScenario } from '../../test/table-scenario.ts';
import { TopologyTestDriver } from '../../testing/topology-test-driver.ts';
import { NO_HEADERS } from '../record.ts';
import { Serdes } from '../serdes.ts';
import { StreamsBuilder } from '../streams-builder.ts';
import type { ProducedRecord } from './record-collector.ts';
import { StreamTask } from './stream-task.ts';

const S = Serdes.string();
const text = { key: S, value: S };

test.each(graceJoinScenarios)('joins with grace as recorded from Kafka Streams 4.3.1: $name', (scenario) => {
  expect(runScenario(scenario)).toEqual(recordedAnswers('grace-joins-4.3.1.txt', scenario.name));
});

function graceTopology(gracePeriodMs = 10, historyRetentionMs?: number) {
  const builder = new StreamsBuilder();
  const history = historyRetentionMs === undefined ? {} : { historyRetentionMs };
  const table = builder.table('t', { ...text, store: 'v', ...history });
  const joined = { name: 'j', ...text, gracePeriodMs };
  builder
    .stream('s', text)
    .leftJoin(table, (one, two) => `${one}${two}`, joined)
    .to('out', text);
  return builder.build();
}

test('records wait with the bytes of Kafka Streams', () => {
  const driver = new TopologyTestDriver(graceTopology(10, 40), { applicationId: 'app' });
  const input = driver.createInputTopic('s', S, S);
  const headers = [
    { key: 'h', value: Buffer.from('v') },
    { key: 'n', value: null },
  ];
  input.pipeInput('a', 'y1', { timestamp: 5, headers });
  input.pipeInput('b', 'y2', { timestamp: 5 });
  input.pipeInput('b', 'y3', { timestamp: 20 });
  const hex = (bytes: Uint8Array | null) => (bytes === null ? null : Buffer.from(bytes).toString('hex'));
  // Recorded from Kafka Streams 4.3.1, for a source topic of a one-letter name too.
  const topic = '0000000173';
  const context = (offset: string, more: string) => `${offset}${topic}00000000${more}`;
  expect(driver.changelog('j-Buffer').map(({ key, value }) => [hex(key), hex(value)])).toEqual([
    [
      '0000000000000000056100000001',
      `0000000000000005${context('0000000000000000', '00000002000000016800000001760000' + '00016effffffff')}` +
        'ffffffffffffffff0000000279310000000000000000',
    ],
    [
      '0000000000000000056200000002',
      `0000000000000005${context('0000000000000001', '00000000')}ffffffffffffffff0000000279320000000000000000`,
    ],
    [
      '0000000000000000146200000003',
      `0000000000000014${context('0000000000000002', '00000000')}ffffffffffffffff0000000279330000000000000000`,
    ],
    ['0000000000000000056100000001', null],
    ['0000000000000000056200000002', null],
  ]);
  const out = driver.createOutputTopic('out', S, S).readRecords();
  expect(out.map(({ value, timestamp }) => [value, timestamp])).toEqual([
    ['y1null', 5],
    ['y2null', 5],
  ]);
  expect(out[0]?.headers).toEqual(headers);
});

test('records that wait come back from the changelog', () => {
  const topology = graceTopology(10, 40);
  const driver = new TopologyTestDriver(topology, { applicationId: 'app' });
  const input = driver.createInputTopic('s', S, S);
  input.pipeInput('a', 'one', { timestamp: 5 });
  input.pipeInput('a', 'two', { timestamp: 9 });
  const [subtopology] = topology.plan('app').subtopologies;
  if (subtopology === undefined) throw new Error('The topology is empty.');
  const written: ProducedRecord[] = [];
  const collector = { send: (record: ProducedRecord) => written.push(record), partitionCount: () => 1 };
  const task = new StreamTask({ applicationId: 'app', subtopology, partition: 0, collector, now: () => 0 });
  task.restore('j-Buffer', driver.changelog('j-Buffer'));
  task.init();
  const record = (offset: number, timestamp: number) => ({
    ...{ topic: 's', partition: 0, headers: NO_HEADERS, offset, timestamp },
    ...{ key: S.serialize('a'), value: S.serialize(`at ${timestamp}`) },
  });
  task.addRecords('s', [record(2, 5), record(3, 16), record(4, 30)]);
  while (task.process());
  const out = written.filter(({ topic }) => topic === 'out').map(({ value }) => String(value));
  expect(out).toEqual(['onenull', 'at 5null', 'twonull', 'at 16null']);
});

test('a record without a key does not wait', () => {
  const driver = new TopologyTestDriver(graceTopology(10, 40));
  driver.createInputTopic('s', S, S).pipeInput(null, 'x', { timestamp: 5 });
  expect(driver.createOutputTopic('out', S, S).readValues()).toEqual(['xnull']);
});

test('a grace period needs a table with a history as long', () => {
  expect(() => graceTopology(10)).toThrow('its table must keep versions');
  expect(() => graceTopology(50, 40)).toThrow("longer than the table's history of 40 ms");
});
