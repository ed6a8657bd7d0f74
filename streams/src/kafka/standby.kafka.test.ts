import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../test/kafka-judge.ts';
import { counted, counting, type Run, StreamsRunner, text } from '../../test/streams-runner.ts';
import { partitionForKey } from '../partitioner.ts';
import { StreamsBuilder } from '../streams-builder.ts';
import type { KafkaStreamsConfig } from './kafka-streams-config.ts';

let runner: StreamsRunner;

beforeAll(async () => {
  runner = await StreamsRunner.start();
});

afterEach(() => runner.cleanUp());
afterAll(() => runner?.stop());

const keys = Array.from({ length: 40 }, (_, index) => `k${index}`);

function all(count: number): Record<string, number> {
  return Object.fromEntries(keys.map((key) => [key, count]));
}

/** Counts in the standby copies of an instance. */
function copies({ streams }: Run): Record<string, number> {
  const found: Record<string, number> = {};
  const standbys = new Set(streams.standbyTaskIds.map((id) => Number(id.split('_')[1])));
  for (const { partition, handle } of streams.storeParts('counts', { stale: true })) {
    if (!standbys.has(partition) || handle.bytes.kind !== 'key-value') continue;
    for (const [key, { value }] of handle.bytes.range({ from: null, to: null, reverse: false })) {
      found[Buffer.from(key).toString()] = Number(Buffer.from(value).readBigInt64BE());
    }
  }
  return found;
}

function areShared(first: Run, second: Run, tasks: number): boolean {
  return [first, second].every(
    ({ streams }) =>
      streams.state === 'RUNNING' &&
      streams.taskIds.length === tasks / 2 &&
      streams.standbyTaskIds.length === tasks / 2,
  );
}

const cases = [
  { processingGuarantee: 'at_least_once', onDisk: false },
  { processingGuarantee: 'exactly_once_v2', onDisk: false },
  { processingGuarantee: 'at_least_once', onDisk: true },
  { processingGuarantee: 'exactly_once_v2', onDisk: true },
] as const;

test.each(cases)('a standby follows, and takes over without reading everything again: %o', async (each) => {
  const { processingGuarantee, onDisk } = each;
  const name = `standby-${processingGuarantee}-${onDisk}`;
  await runner.judge.createTopics({ [`${name}-in`]: 4 });
  const config = (): Partial<KafkaStreamsConfig> => ({
    processingGuarantee,
    numStandbyReplicas: 1,
    ...(onDisk ? { stateDir: runner.freshDirectory() } : {}),
  });
  const first = await runner.run(counting(name), name, config());
  expect(first.streams.standbyTaskIds).toEqual([]);
  await runner.send(name, ...keys);
  await counted(first.streams, all(1));
  const second = await runner.run(counting(name), name, config());
  await eventually('shared', () => areShared(first, second, 4));
  for (let round = 0; round < 4; round += 1) await runner.send(name, ...keys);
  await eventually('the copies have everything', () => {
    const found = { ...copies(first), ...copies(second) };
    return keys.every((key) => found[key] === 5);
  });
  const restoredBefore = second.streams.metrics().recordsRestored;
  await first.streams.close();
  await eventually(
    'all on one',
    () => second.streams.state === 'RUNNING' && second.streams.taskIds.length === 4,
  );
  await counted(second.streams, all(5));
  expect(second.streams.standbyTaskIds).toEqual([]);
  expect(second.streams.metrics().recordsRestored - restoredBefore).toBeLessThan(keys.length);
  await runner.send(name, ...keys);
  await counted(second.streams, all(6));
});

test('a task that moves to another member leaves its stores behind as the standby', async () => {
  const name = 'demote';
  await runner.judge.createTopics({ [`${name}-in`]: 2 });
  const config = { numStandbyReplicas: 1 };
  const first = await runner.run(counting(name), name, config);
  await runner.send(name, ...keys);
  await counted(first.streams, all(1));
  await eventually('committed', async () => (await runner.judge.lag(name, `${name}-in`)) === 0);
  const second = await runner.run(counting(name), name, config);
  await eventually('shared', () => areShared(first, second, 2));
  expect(Object.keys(copies(first)).length).toBeGreaterThan(0);
  expect(Object.values(copies(first)).every((count) => count === 1)).toBe(true);
});

test('a standby whose changelog was cut meanwhile starts over', async () => {
  const name = 'cut-standby';
  const changelog = `${name}-counts-changelog`;
  await runner.judge.createTopics({ [`${name}-in`]: 1 });
  const [dirA, dirB] = [runner.freshDirectory(), runner.freshDirectory()];
  const config = (stateDir: string) => ({ numStandbyReplicas: 1, stateDir });
  const first = await runner.run(counting(name), name, config(dirA));
  const second = await runner.run(counting(name), name, config(dirB));
  await runner.send(name, 'old', 'kept');
  await counted(first.streams, { old: 1, kept: 1 });
  await eventually('copied', () => copies(second).kept === 1);
  await second.streams.close();
  await runner.send(name, 'kept', 'kept', 'new');
  await counted(first.streams, { old: 1, kept: 3, new: 1 });
  await runner.judge.deleteRecords(changelog, 3);
  const again = await runner.run(counting(name), name, config(dirB));
  await eventually('copied again', () => copies(again).new === 1);
  expect(copies(again)).toEqual({ kept: 3, new: 1 });
});

test('every member knows who has a key, with standbys', async () => {
  const name = 'where';
  await runner.judge.createTopics({ [`${name}-in`]: 4, [`${name}-all`]: 1 });
  const topology = () => {
    const builder = new StreamsBuilder();
    builder.stream(`${name}-in`, text).groupByKey().count({ name: 'counts' });
    builder.globalTable(`${name}-all`, { ...text, store: 'everywhere' });
    return builder.build();
  };
  const config = (port: number) => ({ numStandbyReplicas: 1, server: { host: '127.0.0.1', port } });
  const first = await runner.run(topology(), name, config(7001));
  const second = await runner.run(topology(), name, config(7002));
  await eventually('shared', () => areShared(first, second, 4));
  await runner.send(name, ...keys);
  const owned = () =>
    [first, second].map(({ streams }) => new Set([...streams.store('counts').all()].map(([key]) => key)));
  await eventually('counted', () => owned().reduce((sum, { size }) => sum + size, 0) === keys.length);
  const [onFirst] = owned();
  for (const key of keys) {
    const hosts = ['127.0.0.1:7001', '127.0.0.1:7002'];
    const [active, standby] = onFirst?.has(key) === true ? hosts : hosts.toReversed();
    const expected = { partition: partitionForKey(Buffer.from(key), 4), active, standbys: [standby] };
    expect(first.streams.queryMetadataForKey('counts', key)).toEqual(expected);
    expect(second.streams.queryMetadataForKey('counts', key)).toEqual(expected);
  }
  expect(first.streams.allMetadata()).toEqual(second.streams.allMetadata());
  const mine = first.streams.allMetadata().find(({ endpoint }) => endpoint === '127.0.0.1:7001');
  expect(mine).toMatchObject({ stores: ['counts'], standbyStores: ['counts'] });
  expect([...(mine?.tasks ?? [])].sort()).toEqual(first.streams.taskIds.sort());
  expect(() => first.streams.queryMetadataForKey('everywhere', 'x')).toThrow('is a global table');
  expect(() => first.streams.queryMetadataForKey('nowhere', 'x')).toThrow('no store named "nowhere"');
});

test('static membership: a restart under the same id gets its tasks back, and nobody else moves', async () => {
  const name = 'static';
  await runner.judge.createTopics({ [`${name}-in`]: 4 });
  const config = (instanceId: string, stateDir: string) => ({
    instanceId,
    stateDir,
    sessionTimeoutMs: 30_000,
    processingGuarantee: 'exactly_once_v2' as const,
  });
  const [dirA, dirB] = [runner.freshDirectory(), runner.freshDirectory()];
  const first = await runner.run(counting(name), name, config('a', dirA));
  const second = await runner.run(counting(name), name, config('b', dirB));
  await eventually('shared', () => first.streams.taskIds.length === 2 && second.streams.taskIds.length === 2);
  await runner.send(name, ...keys);
  const total = (...runs: Run[]) =>
    runs
      .flatMap(({ streams }) => [...streams.store<string, number>('counts').all()])
      .reduce((sum, [, count]) => sum + count, 0);
  await eventually('counted', () => total(first, second) === keys.length);
  const before = { a: first.streams.taskIds.sort(), b: second.streams.taskIds.sort() };
  const rebalances = first.streams.metrics().rebalances;
  await second.streams.close();
  await runner.send(name, ...keys);
  const again = await runner.run(counting(name), name, config('b', dirB));
  expect(again.streams.taskIds.sort()).toEqual(before.b);
  expect(again.streams.metrics().recordsRestored).toBe(0);
  expect(first.streams.taskIds.sort()).toEqual(before.a);
  expect(first.streams.metrics().rebalances).toBe(rebalances);
  await eventually('counted on', () => total(first, again) === 2 * keys.length);
  await again.streams.close({ leaveGroup: true });
  await eventually('taken over', () => first.streams.taskIds.length === 4);
});

test('two instances with one instanceId: the older one ends with a clear error', async () => {
  const name = 'twice';
  await runner.judge.createTopics({ [`${name}-in`]: 1 });
  const first = await runner.run(counting(name), name, { instanceId: 'same' });
  const failed = new Promise<unknown>((resolve) => first.streams.onError(resolve));
  const second = await runner.run(counting(name), name, { instanceId: 'same' });
  expect(String(await failed)).toContain('Another instance took the place of instanceId "same"');
  expect(second.streams.state).toBe('RUNNING');
});
