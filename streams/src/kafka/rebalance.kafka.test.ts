import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../test/kafka-judge.ts';
import { type Run, StreamsRunner, text } from '../../test/streams-runner.ts';
import type { KeyValueStore } from '../state-stores.ts';
import { Stores } from '../store-builder.ts';
import { StreamsBuilder } from '../streams-builder.ts';
import type { Topology } from '../topology.ts';

let runner: StreamsRunner;

beforeAll(async () => {
  runner = await StreamsRunner.start();
});

afterEach(() => runner.cleanUp());
afterAll(() => runner?.stop());

interface Turn {
  readonly task: string;
  readonly instance: string;
  readonly what: 'begins' | 'processes' | 'ends';
}

/** Writes down when each task begins, processes and ends; all instances are in this process, so the order is exact. */
function watched(name: string, instance: string, turns: Turn[]): Topology {
  const builder = new StreamsBuilder();
  builder.addStateStore(Stores.keyValueStore('rows', text));
  builder.stream(`${name}-in`, text).process<string, string>(
    () => {
      let task = '';
      let rows: KeyValueStore<string, string> | null = null;
      const note = (what: Turn['what']): number => turns.push({ task, instance, what });
      return {
        init(context) {
          task = context.taskId;
          rows = context.getStateStore<KeyValueStore<string, string>>('rows');
          note('begins');
        },
        process({ key, value }) {
          note('processes');
          rows?.put(String(key), value);
        },
        close: () => {
          note('ends');
        },
      };
    },
    { name: 'watch', stores: ['rows'] },
  );
  return builder.build();
}

/** From when a task begins somewhere, nobody else works on it. */
function assertOneOwner(turns: readonly Turn[]): void {
  const owners = new Map<string, string>();
  for (const { task, instance, what } of turns) {
    if (what === 'begins') owners.set(task, instance);
    if (what === 'processes') expect([task, owners.get(task)]).toEqual([task, instance]);
  }
}

test.each(['at_least_once', 'exactly_once_v2'] as const)(
  'a task that moves is not worked on where it was once it began elsewhere, %s',
  async (processingGuarantee) => {
    const name = `moving-${processingGuarantee}`;
    await runner.judge.createTopics({ [`${name}-in`]: 6 });
    const turns: Turn[] = [];
    const keys = Array.from({ length: 60 }, (_, index) => `k${index}`);
    const start = (instance: string): Promise<Run> =>
      runner.run(watched(name, instance, turns), name, { processingGuarantee, numStandbyReplicas: 1 });
    let sending = true;
    const producing = (async () => {
      while (sending) await runner.send(name, ...keys);
    })();
    const first = await start('a');
    const [second, third] = await Promise.all([start('b'), start('c')]);
    await eventually('shared', () =>
      [first, second, third].every(({ streams }) => streams.taskIds.length === 2),
    );
    await second.streams.close();
    await eventually('taken over', () => first.streams.taskIds.length + third.streams.taskIds.length === 6);
    const fourth = await start('d');
    await eventually('shared again', () => fourth.streams.taskIds.length === 2);
    sending = false;
    await producing;
    await eventually('processed', async () => (await runner.judge.lag(name, `${name}-in`)) <= 6);
    await Promise.all([first, third, fourth].map(({ streams }) => streams.close()));
    assertOneOwner(turns);
    expect(new Set(turns.map(({ instance }) => instance))).toEqual(new Set(['a', 'b', 'c', 'd']));
    expect(turns.filter(({ what }) => what === 'begins').length).toBeGreaterThan(8);
  },
);

test('a task that stays where it is goes on without being closed or restored', async () => {
  const name = 'staying';
  await runner.judge.createTopics({ [`${name}-in`]: 4 });
  const turns: Turn[] = [];
  const first = await runner.run(watched(name, 'a', turns), name);
  await runner.send(name, ...Array.from({ length: 40 }, (_, index) => `k${index}`));
  await eventually('processed', async () => (await runner.judge.lag(name, `${name}-in`)) === 0);
  const restored = first.streams.metrics().recordsRestored;
  const second = await runner.run(watched(name, 'b', turns), name);
  await eventually('shared', () => first.streams.taskIds.length === 2 && second.streams.taskIds.length === 2);
  const [stays] = first.streams.taskIds;
  await second.streams.close();
  await eventually('back', () => first.streams.taskIds.length === 4 && first.streams.state === 'RUNNING');
  const about = turns.filter(({ task, what }) => task === stays && what !== 'processes');
  expect(about).toEqual([{ task: stays, instance: 'a', what: 'begins' }]);
  const moved = turns.filter(
    ({ task, what, instance }) => task !== stays && instance === 'b' && what === 'begins',
  );
  expect(moved).toHaveLength(2);
  const gone = new Set(moved.map(({ task }) => task));
  const again = first.restores.filter(({ restored: count }) => count > 0).map(({ task }) => task);
  expect(first.streams.metrics().recordsRestored).toBeGreaterThan(restored);
  expect(again.every((task) => gone.has(task))).toBe(true);
});
