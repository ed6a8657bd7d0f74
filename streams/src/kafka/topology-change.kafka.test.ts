import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../test/kafka-judge.ts';
import { StreamsRunner, text } from '../../test/streams-runner.ts';
import { StreamsBuilder } from '../streams-builder.ts';
import type { Topology } from '../topology.ts';
import type { KafkaStreams } from './kafka-streams.ts';

let runner: StreamsRunner;

beforeAll(async () => {
  runner = await StreamsRunner.start();
});

afterEach(() => runner.cleanUp());
afterAll(() => runner?.stop());

/** One subtopology per topic, in this order; the store of each is named as its topic. */
function countsOf(...topics: string[]): Topology {
  const builder = new StreamsBuilder();
  for (const topic of topics) builder.stream(topic, text).groupByKey().count({ name: topic });
  return builder.build();
}

function entries(streams: KafkaStreams, store: string): [string, number][] {
  return [...streams.store<string, number>(store).all()];
}

test('a changed application waits for the one before it to stop, and leaves nothing undone', async () => {
  await runner.judge.createTopics({ 'change-old': 2, 'change-new': 2 });
  const before = await runner.run(countsOf('change-old'), 'change');
  const { streams: after } = await runner.run(countsOf('change-new', 'change-old'), 'change');
  expect(after.taskIds).toEqual([]);
  await eventually('the first has all tasks again', () => before.streams.state === 'RUNNING');
  expect(before.streams.taskIds.sort()).toEqual(['0_0', '0_1']);
  await runner.judge.produce('change-old', [{ key: 'k', value: 'v' }]);
  await runner.judge.produce('change-new', [{ key: 'k', value: 'v' }]);
  await eventually('counted by the first', () => entries(before.streams, 'change-old').length === 1);
  await before.streams.close();
  await eventually('the second has all tasks', () => after.state === 'RUNNING' && after.taskIds.length === 4);
  await eventually('counted by the second', () => entries(after, 'change-new').length === 1);
  expect(entries(after, 'change-old')).toEqual([['k', 1]]);
});

test('a static member that comes back with another topology gets the tasks of that', async () => {
  await runner.judge.createTopics({ 'static-old': 1, 'static-new': 1 });
  const config = { instanceId: 'static-1', sessionTimeoutMs: 30_000 };
  const before = await runner.run(countsOf('static-old'), 'static', config);
  expect(before.streams.taskIds).toEqual(['0_0']);
  await before.streams.close();
  const after = await runner.run(countsOf('static-new', 'static-old'), 'static', config);
  expect(after.streams.taskIds.sort()).toEqual(['0_0', '1_0']);
});
