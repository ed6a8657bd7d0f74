import { expect, test } from 'vitest';
import { recordedAnswers, runScenario, type TableScenario } from '../../test/table-scenario.ts';
import { versionedStoreScenarios } from '../../test/versioned-store-scenarios.ts';
import { versionedTableScenarios } from '../../test/versioned-table-scenarios.ts';
import { TopologyTestDriver } from '../../testing/topology-test-driver.ts';
import { Serdes } from '../serdes.ts';
import { StreamsBuilder } from '../streams-builder.ts';
import { createMemoryKeyValueStore } from './memory-key-value-store.ts';
import { createStore, memoryStores } from './store-factory.ts';
import { StreamTask } from './stream-task.ts';
import { isVersionedStore } from './versioned-store.ts';

const text = { key: Serdes.string(), value: Serdes.string() };

function asRecorded(scenario: TableScenario): void {
  expect(runScenario(scenario)).toEqual(recordedAnswers('versioned-4.3.1.txt', scenario.name));
}

test.each(versionedStoreScenarios)('versions as recorded from Kafka Streams 4.3.1: $name', asRecorded);

test.each(versionedTableScenarios)(
  'versioned tables as recorded from Kafka Streams 4.3.1: $name',
  asRecorded,
);

function versionedTopology() {
  const builder = new StreamsBuilder();
  builder
    .table('t', { ...text, store: 'v', historyRetentionMs: 100 })
    .toStream()
    .to('out');
  return builder.build();
}

test('a versioned store comes back from its changelog, with its history', () => {
  const driver = new TopologyTestDriver(versionedTopology(), { applicationId: 'app' });
  const input = driver.createInputTopic('t', text.key, text.value);
  for (const [value, timestamp] of [
    ['one', 10],
    ['three', 30],
    ['two', 20],
    [null, 40],
    ['late', 5],
  ] as const)
    input.pipeInput('a', value, { timestamp });
  input.pipeInput('b', 'far', { timestamp: 130 });
  input.pipeInput('a', 'too late', { timestamp: 29 });
  const plan = versionedTopology().plan('app');
  const [subtopology] = plan.subtopologies;
  if (subtopology === undefined) throw new Error('The topology is empty.');
  const collector = { send: () => undefined, partitionCount: () => 1 };
  const task = new StreamTask({ applicationId: 'app', subtopology, partition: 0, collector, now: () => 0 });
  task.restore('v', driver.changelog('v'));
  const restored = task.stores.get('v')?.store;
  if (restored === undefined || !isVersionedStore(restored)) throw new Error('The store is not versioned.');
  const original = driver.getVersionedKeyValueStore<string, string>('v');
  for (let time = 0; time < 150; time += 5) expect(restored.get('a', time)).toEqual(original.get('a', time));
  expect(restored.get('a', 35)).toEqual({ value: 'three', timestamp: 30 });
  expect(restored.get('a')).toBeNull();
  expect(driver.droppedRecords('expired')).toBe(1);
  expect(driver.changelog('v')).toHaveLength(7);
});

test('a store that was kept finds its segments again', () => {
  const bytes = createMemoryKeyValueStore();
  const builder = { kind: 'versioned', name: 'v', ...text, logged: false, historyRetentionMs: 9000 } as const;
  const owner = { log: null, now: () => 0, currentTimestamp: () => 0, expired: () => undefined };
  const open = () => {
    const kept = { ...memoryStores, keyValue: () => bytes };
    const { store } = createStore(builder, kept, '0_0', owner);
    if (!isVersionedStore(store)) throw new Error('The store is not versioned.');
    return store;
  };
  const before = open();
  for (let time = 1000; time <= 20_000; time += 1000) before.put('a', `v${time}`, time);
  const size = bytes.size();
  const after = open();
  expect(after.get('a', 12_500)).toEqual({ value: 'v12000', timestamp: 12_000 });
  after.put('a', 'end', 200_000);
  expect(after.get('a', 150_000)).toBeNull();
  expect(bytes.size()).toBeLessThan(size);
});

test('the changelog of versions is compacted a day after their history', () => {
  const [topic] = versionedTopology().plan('app').internalTopics;
  expect(topic).toMatchObject({
    name: 'app-v-changelog',
    configs: { 'cleanup.policy': 'compact', 'min.compaction.lag.ms': '86400100' },
  });
});

test('a global table cannot keep versions, and a history is whole milliseconds', () => {
  const builder = new StreamsBuilder();
  expect(() => builder.globalTable('g', { ...text, historyRetentionMs: 5 })).toThrow('cannot keep versions');
  expect(() => builder.table('t', { ...text, historyRetentionMs: -1 })).toThrow('The history of store');
});
