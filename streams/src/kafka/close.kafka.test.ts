import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../test/kafka-judge.ts';
import { counting, StreamsRunner, text } from '../../test/streams-runner.ts';
import { StreamsBuilder } from '../streams-builder.ts';
import { KafkaStreams } from './kafka-streams.ts';
import type { KafkaStreamsConfig } from './kafka-streams-config.ts';

let runner: StreamsRunner;

beforeAll(async () => {
  runner = await StreamsRunner.start();
  await runner.judge.createTopics({ 'close-in': 2 });
});

afterAll(() => runner?.stop());

function make(config: Partial<KafkaStreamsConfig> = {}, topology = counting('close')): KafkaStreams {
  const { bootstrapServers } = runner.cluster;
  return new KafkaStreams(topology, { applicationId: 'close', bootstrapServers, ...config });
}

function sockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
}

test('closed at any moment of its start it ends, and leaves no connection behind', async () => {
  const before = sockets();
  for (const ms of [0, 2, 5, 10, 20, 40, 80, 160]) {
    const streams = make();
    const started = streams.start();
    await sleep(ms);
    await streams.close();
    await started;
    expect(streams.state).toBe('NOT_RUNNING');
    expect(streams.error).toBeNull();
  }
  await eventually('all connections are closed', () => sockets() <= before, 10_000);
});

test('a step may close the instance, and listeners may throw', async () => {
  const builder = new StreamsBuilder();
  let closing: Promise<void> | null = null;
  const input = builder.stream('close-in', text);
  input.groupByKey().count({ name: 'close-counts' });
  input.foreach(() => {
    closing ??= streams.close();
  });
  const streams = make({ applicationId: 'close-inside' }, builder.build());
  const uninterested = (): never => {
    throw new Error('not interested');
  };
  streams.onStateChange(uninterested);
  streams.onRestore(uninterested);
  await streams.start();
  streams.onStoreChange('close-counts', uninterested);
  await runner.judge.produce('close-in', [{ key: 'k', value: 'v' }]);
  await eventually('it is closed', () => closing !== null && streams.state === 'NOT_RUNNING');
  expect(streams.error).toBeNull();
  expect(await runner.judge.lag('close-inside', 'close-in')).toBe(0);
});

test('what hangs is left behind, and keeps neither the process nor its place in the group', async () => {
  await runner.judge.createTopics({ 'hanging-in': 1 });
  await runner.judge.produce('hanging-in', [{ key: 'k', value: 'v' }]);
  const before = sockets();
  const builder = new StreamsBuilder();
  let hangs = false;
  builder.stream('hanging-in', text).foreach(() => {
    hangs = true;
    return new Promise<void>(() => undefined);
  });
  const times = { sessionTimeoutMs: 1_500, heartbeatIntervalMs: 100, commitIntervalMs: 100 };
  const streams = make({ applicationId: 'hanging', ...times }, builder.build());
  await streams.start();
  await eventually('it hangs', () => hangs);
  await streams.close({ timeoutMs: 300 });
  expect(streams.state).toBe('NOT_RUNNING');
  await eventually('the group is empty', async () => (await runner.judge.groupState('hanging')) === 'Empty');
  expect(sockets()).toBeLessThanOrEqual(before);
});

test('a setting that the broker does not take is named', async () => {
  const wrong = make({ processingGuarantee: 'exactly_once_v2', transactionTimeoutMs: 3_000_000 });
  await expect(wrong.start()).rejects.toThrow('does not accept a transactionTimeoutMs of 3000000');
  const illegal = new StreamsBuilder();
  illegal.stream('not a name', text).foreach(() => undefined);
  await expect(make({}, illegal.build()).start()).rejects.toThrow('Kafka has no topic named "not a name"');
});
