import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../test/kafka-judge.ts';
import { counted, counting, counts, StreamsRunner, text } from '../../test/streams-runner.ts';
import { Serdes } from '../serdes.ts';
import { StreamsBuilder } from '../streams-builder.ts';
import type { Topology } from '../topology.ts';
import type { KafkaStreamsConfig } from './kafka-streams-config.ts';

/*
 * Faults that other libraries like Kafka Streams have had, each with the number it has there. They
 * must not come up here.
 */

let runner: StreamsRunner;

beforeAll(async () => {
  runner = await StreamsRunner.start({ 'log.cleaner.backoff.ms': '200' });
});

afterEach(() => runner.cleanUp());
afterAll(() => runner?.stop());

/** All counts arrived and the offsets are committed. */
async function settled(name: string): Promise<void> {
  await eventually('committed', async () => (await runner.judge.lag(name, `${name}-in`)) <= 1);
}

const guarantees = ['at_least_once', 'exactly_once_v2'] as const;

test.each(guarantees)(
  'Streamiz #175, Faust #155: a store that is at the end already is ready at once, %s',
  async (processingGuarantee) => {
    const name = `at-end-${processingGuarantee}`;
    const config = { processingGuarantee, stateDir: runner.freshDirectory() };
    await runner.judge.createTopics({ [`${name}-in`]: 1 });
    const first = await runner.run(counting(name), name, config);
    await runner.send(name, 'a', 'b', 'a');
    await counted(first.streams, { a: 2, b: 1 });
    await first.streams.close();
    const second = await runner.run(counting(name), name, config);
    expect(second.streams.metrics().recordsRestored).toBe(0);
    expect(second.restores.at(-1)).toMatchObject({ store: 'counts', restored: 0 });
    await runner.send(name, 'a');
    await counted(second.streams, { a: 3, b: 1 });
    await second.streams.close();
    const third = await runner.run(counting(name), name, config);
    expect(third.streams.metrics().recordsRestored).toBe(0);
    expect(counts(third.streams)).toEqual({ a: 3, b: 1 });
  },
);

test('Faust #176: a changelog that is empty is no reason to wait', async () => {
  await runner.judge.createTopics({ 'empty-in': 1 });
  await runner.judge.createTopics({ 'empty-counts-changelog': 1 }, { 'cleanup.policy': 'compact' });
  const { streams, restores } = await runner.run(counting('empty'), 'empty');
  expect(restores).toMatchObject([{ store: 'counts', from: 0, to: 0, restored: 0, position: 0 }]);
  await runner.send('empty', 'a');
  await counted(streams, { a: 1 });
});

test('Faust #597: a changelog whose records were compacted away is no reason to wait', async () => {
  await runner.judge.createTopics({ 'compacted-in': 1 });
  await runner.judge.createTopics(
    { 'compacted-counts-changelog': 1 },
    {
      'cleanup.policy': 'compact',
      'segment.ms': '100',
      'min.cleanable.dirty.ratio': '0.0',
      'delete.retention.ms': '0',
    },
  );
  const changelog = 'compacted-counts-changelog';
  await eventually('compacted', async () => {
    await runner.judge.produce(changelog, [{ key: 'gone', value: 'x' }]);
    await runner.judge.produce(changelog, [{ key: 'gone', value: null }]);
    return (await runner.judge.readAll(changelog)).length < (await runner.judge.endOffset(changelog)) - 2;
  });
  const end = await runner.judge.endOffset(changelog);
  const { streams, restores } = await runner.run(counting('compacted'), 'compacted');
  expect(restores.at(-1)).toMatchObject({ to: end, position: end });
  expect(restores.at(-1)?.restored).toBeLessThan(end);
  expect(counts(streams)).toEqual({});
});

test('Faust #651: a changelog that was cut to its end is no reason to wait', async () => {
  await runner.judge.createTopics({ 'cut-in': 1 });
  const first = await runner.run(counting('cut'), 'cut');
  await runner.send('cut', 'a', 'b');
  await counted(first.streams, { a: 1, b: 1 });
  await first.streams.close();
  await runner.judge.deleteRecords(
    'cut-counts-changelog',
    await runner.judge.endOffset('cut-counts-changelog'),
  );
  const second = await runner.run(counting('cut'), 'cut');
  expect(counts(second.streams)).toEqual({});
  await runner.send('cut', 'a');
  await counted(second.streams, { a: 1 });
});

test.each([true, false])(
  'Faust #651: a changelog that is cut while it is read is read again from where it begins (on disk: %s)',
  async (onDisk) => {
    const name = `cutting-${onDisk}`;
    const changelog = `${name}-counts-changelog`;
    await runner.judge.createTopics({ [`${name}-in`]: 1 });
    await runner.judge.createTopics({ [changelog]: 1 }, { 'cleanup.policy': 'compact' });
    const count = Serdes.long();
    for (let round = 0; round < 4; round += 1) {
      const keys = Array.from({ length: 500 }, (_, index) => `${round}-${index}-${'k'.repeat(1_500)}`);
      await runner.judge.produce(
        changelog,
        keys.map((key) => ({ key, value: Buffer.from(count.serialize(1)) })),
      );
    }
    const end = await runner.judge.endOffset(changelog);
    let cuts = 0;
    const stateDir = onDisk ? { stateDir: runner.freshDirectory() } : {};
    const { streams, restores } = await runner.run(
      counting(name),
      name,
      stateDir,
      ({ restored, position }) => {
        if (restored === 0 || position >= end || cuts > 0) return;
        cuts += 1;
        const child = fileURLToPath(new URL('../../test/delete-records-child.ts', import.meta.url));
        execFileSync(process.execPath, [
          child,
          runner.cluster.bootstrapServers.join(','),
          changelog,
          String(end - 3),
        ]);
      },
    );
    expect(cuts).toBe(1);
    expect(restores.filter(({ restored }) => restored === 0).map(({ from }) => from)).toEqual([0, end - 3]);
    expect(streams.store('counts').approximateNumEntries()).toBe(3);
  },
);

test('Faust #47, #658: a changelog that ends with a transaction marker is read to its end', async () => {
  await runner.judge.createTopics({ 'marker-in': 1 });
  const config = { processingGuarantee: 'exactly_once_v2' } as const;
  const first = await runner.run(counting('marker'), 'marker', config);
  await runner.send('marker', 'a', 'b');
  await counted(first.streams, { a: 1, b: 1 });
  await first.streams.close();
  const last = (await runner.judge.readAll('marker-counts-changelog')).at(-1)?.offset ?? 0;
  const end = await runner.judge.endOffset('marker-counts-changelog');
  expect(end).toBe(last + 2);
  const second = await runner.run(counting('marker'), 'marker', config);
  expect(second.restores.at(-1)).toMatchObject({ to: end, position: end, restored: 2 });
  expect(counts(second.streams)).toEqual({ a: 1, b: 1 });
});

test.each(['beyond the end', 'before the beginning'])(
  'Faust #158: a checkpoint %s of the changelog has the store removed and restored',
  async (where) => {
    const name = `checkpoint-${where.split(' ')[0]}`;
    const stateDir = runner.freshDirectory();
    const checkpoint = join(stateDir, name, '0_0', '.checkpoint');
    await runner.judge.createTopics({ [`${name}-in`]: 1 });
    const first = await runner.run(counting(name), name, { stateDir });
    await runner.send(name, 'a', 'b', 'a');
    await counted(first.streams, { a: 2, b: 1 });
    await settled(name);
    await first.streams.close();
    expect(readFileSync(checkpoint, 'utf8')).toBe(`0\n1\n${name}-counts-changelog 0 2\n`);
    if (where === 'beyond the end') {
      writeFileSync(checkpoint, `0\n1\n${name}-counts-changelog 0 1000\n`);
    } else {
      writeFileSync(checkpoint, `0\n1\n${name}-counts-changelog 0 0\n`);
      await runner.judge.deleteRecords(`${name}-counts-changelog`, 2);
    }
    const second = await runner.run(counting(name), name, { stateDir });
    expect(counts(second.streams)).toEqual(where === 'beyond the end' ? { a: 2, b: 1 } : { a: 2 });
    await second.streams.close();
    expect(readFileSync(checkpoint, 'utf8')).toBe(`0\n1\n${name}-counts-changelog 0 2\n`);
  },
);

test.each([true, false])(
  'Streamiz #200: a task that comes back after it was elsewhere has what happened there (on disk: %s)',
  async (onDisk) => {
    const name = `back-${onDisk}`;
    const config = (): Partial<KafkaStreamsConfig> => (onDisk ? { stateDir: runner.freshDirectory() } : {});
    await runner.judge.createTopics({ [`${name}-in`]: 2 });
    const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
    const all = (count: number) => Object.fromEntries(keys.map((key) => [key, count]));
    const first = await runner.run(counting(name), name, config());
    await runner.send(name, ...keys);
    await counted(first.streams, all(1));
    const second = await runner.run(counting(name), name, config());
    await eventually(
      'shared',
      () => first.streams.taskIds.length === 1 && second.streams.taskIds.length === 1,
    );
    await runner.send(name, ...keys);
    await eventually('counted on both', () => {
      if (first.streams.state !== 'RUNNING' || second.streams.state !== 'RUNNING') return false;
      const found = { ...counts(first.streams), ...counts(second.streams) };
      return keys.every((key) => found[key] === 2);
    });
    await second.streams.close();
    await eventually(
      'all back',
      () => first.streams.state === 'RUNNING' && first.streams.taskIds.length === 2,
    );
    await counted(first.streams, all(2));
    await runner.send(name, ...keys);
    await counted(first.streams, all(3));
  },
);

test('Faust #323: rebalances double nothing exactly once', async () => {
  const name = 'rebalancing';
  await runner.judge.createTopics({ 'rebalancing-in': 4, 'rebalancing-out': 4 });
  const topology = (): Topology => {
    const builder = new StreamsBuilder();
    builder
      .stream('rebalancing-in', text)
      .groupByKey()
      .count({ name: 'counts' })
      .toStream()
      .to('rebalancing-out');
    return builder.build();
  };
  const config = { processingGuarantee: 'exactly_once_v2' } as const;
  const keys = Array.from({ length: 20 }, (_, index) => `k${index}`);
  const first = await runner.run(topology(), name, config);
  for (let round = 0; round < 3; round += 1) {
    const sending = (async () => {
      for (let burst = 0; burst < 10; burst += 1) await runner.send(name, ...keys);
    })();
    const guest = await runner.run(topology(), name, config);
    await eventually('shared', () => guest.streams.taskIds.length === 2);
    await guest.streams.close();
    await sending;
  }
  await eventually('all back', () => first.streams.state === 'RUNNING' && first.streams.taskIds.length === 4);
  await counted(first.streams, Object.fromEntries(keys.map((key) => [key, 30])));
  await eventually('all written', async () => (await runner.judge.readAll('rebalancing-out')).length >= 600);
  const perKey = new Map<string, number[]>();
  for (const { key, value } of await runner.judge.readAll('rebalancing-out')) {
    const seen = perKey.get(key ?? '') ?? [];
    perKey.set(key ?? '', [...seen, Serdes.long().deserialize(value ?? Buffer.alloc(0))]);
  }
  const upTo30 = Array.from({ length: 30 }, (_, index) => index + 1);
  for (const key of keys) expect(perKey.get(key)).toEqual(upTo30);
});
