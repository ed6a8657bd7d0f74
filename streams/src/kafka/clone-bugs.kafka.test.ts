import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { eventually, KafkaJudge } from '../../test/kafka-judge.ts';
import { type LocalCluster, startLocalCluster } from '../../test/local-cluster.ts';
import { toWindowKey } from '../internals/window-key.ts';
import { Serdes } from '../serdes.ts';
import { StreamsBuilder } from '../streams-builder.ts';
import type { Topology } from '../topology.ts';
import { JoinWindows, TimeWindows } from '../windows.ts';
import { KafkaStreams } from './kafka-streams.ts';
import type { KafkaStreamsConfig } from './kafka-streams-config.ts';
import type { RestoreProgress } from './restore-listener.ts';

/*
 * Faults that other libraries like Kafka Streams have had, each with the number it has there. They
 * must not come up here.
 */

const text = { key: Serdes.string(), value: Serdes.string() };
let cluster: LocalCluster;
let judge: KafkaJudge;
const running: KafkaStreams[] = [];
const directories: string[] = [];

beforeAll(async () => {
  cluster = await startLocalCluster({ 'log.cleaner.backoff.ms': '200' });
  judge = await KafkaJudge.connect(cluster.bootstrapServers);
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((streams) => streams.close()));
  for (const path of directories.splice(0)) rmSync(path, { recursive: true, force: true });
});

afterAll(async () => {
  await judge?.close();
  await cluster?.stop();
});

interface Run {
  readonly streams: KafkaStreams;
  /** What was told about restoring. */
  readonly restores: RestoreProgress[];
}

async function start(
  topology: Topology,
  applicationId: string,
  config: Partial<KafkaStreamsConfig> = {},
  onRestore: (progress: RestoreProgress) => void = () => undefined,
): Promise<Run> {
  const streams = new KafkaStreams(topology, {
    applicationId,
    bootstrapServers: cluster.bootstrapServers,
    commitIntervalMs: 100,
    sessionTimeoutMs: 3_000,
    heartbeatIntervalMs: 500,
    ...config,
  });
  running.push(streams);
  const restores: RestoreProgress[] = [];
  streams.onRestore((progress) => {
    restores.push(progress);
    onRestore(progress);
  });
  await streams.start();
  return { streams, restores };
}

function freshDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), 'millstream-clone-bugs-'));
  directories.push(path);
  return path;
}

/** Counts records of `<name>-in` per key, in the store `counts`. */
function counting(name: string): Topology {
  const builder = new StreamsBuilder();
  builder.stream(`${name}-in`, text).groupByKey().count({ name: 'counts' });
  return builder.build();
}

function send(name: string, ...keys: string[]): Promise<void> {
  return judge.produce(
    `${name}-in`,
    keys.map((key) => ({ key, value: 'x' })),
  );
}

function counts(streams: KafkaStreams): Record<string, number> {
  return Object.fromEntries(streams.store<string, number>('counts').all());
}

async function counted(streams: KafkaStreams, expected: Record<string, number>): Promise<void> {
  await eventually(`counts ${JSON.stringify(expected)}`, () => {
    const found = counts(streams);
    return Object.entries(expected).every(([key, count]) => found[key] === count);
  });
  expect(counts(streams)).toEqual(expected);
}

/** All counts arrived and the offsets are committed. */
async function settled(name: string): Promise<void> {
  await eventually('committed', async () => (await judge.lag(name, `${name}-in`)) <= 1);
}

const guarantees = ['at_least_once', 'exactly_once_v2'] as const;

test.each(guarantees)(
  'Streamiz #175, Faust #155: a store that is at the end already is ready at once, %s',
  async (processingGuarantee) => {
    const name = `at-end-${processingGuarantee}`;
    const config = { processingGuarantee, stateDir: freshDirectory() };
    await judge.createTopics({ [`${name}-in`]: 1 });
    const first = await start(counting(name), name, config);
    await send(name, 'a', 'b', 'a');
    await counted(first.streams, { a: 2, b: 1 });
    await first.streams.close();
    const second = await start(counting(name), name, config);
    expect(second.streams.metrics().recordsRestored).toBe(0);
    expect(second.restores.at(-1)).toMatchObject({ store: 'counts', restored: 0 });
    await send(name, 'a');
    await counted(second.streams, { a: 3, b: 1 });
    await second.streams.close();
    const third = await start(counting(name), name, config);
    expect(third.streams.metrics().recordsRestored).toBe(0);
    expect(counts(third.streams)).toEqual({ a: 3, b: 1 });
  },
);

test('Faust #176: a changelog that is empty is no reason to wait', async () => {
  await judge.createTopics({ 'empty-in': 1 });
  await judge.createTopics({ 'empty-counts-changelog': 1 }, { 'cleanup.policy': 'compact' });
  const { streams, restores } = await start(counting('empty'), 'empty');
  expect(restores).toMatchObject([{ store: 'counts', from: 0, to: 0, restored: 0, position: 0 }]);
  await send('empty', 'a');
  await counted(streams, { a: 1 });
});

test('Faust #597: a changelog whose records were compacted away is no reason to wait', async () => {
  await judge.createTopics({ 'compacted-in': 1 });
  await judge.createTopics(
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
    await judge.produce(changelog, [{ key: 'gone', value: 'x' }]);
    await judge.produce(changelog, [{ key: 'gone', value: null }]);
    return (await judge.readAll(changelog)).length < (await judge.endOffset(changelog)) - 2;
  });
  const end = await judge.endOffset(changelog);
  const { streams, restores } = await start(counting('compacted'), 'compacted');
  expect(restores.at(-1)).toMatchObject({ to: end, position: end });
  expect(restores.at(-1)?.restored).toBeLessThan(end);
  expect(counts(streams)).toEqual({});
});

test('Faust #651: a changelog that was cut to its end is no reason to wait', async () => {
  await judge.createTopics({ 'cut-in': 1 });
  const first = await start(counting('cut'), 'cut');
  await send('cut', 'a', 'b');
  await counted(first.streams, { a: 1, b: 1 });
  await first.streams.close();
  await judge.deleteRecords('cut-counts-changelog', await judge.endOffset('cut-counts-changelog'));
  const second = await start(counting('cut'), 'cut');
  expect(counts(second.streams)).toEqual({});
  await send('cut', 'a');
  await counted(second.streams, { a: 1 });
});

test.each([true, false])(
  'Faust #651: a changelog that is cut while it is read is read again from where it begins (on disk: %s)',
  async (onDisk) => {
    const name = `cutting-${onDisk}`;
    const changelog = `${name}-counts-changelog`;
    await judge.createTopics({ [`${name}-in`]: 1 });
    await judge.createTopics({ [changelog]: 1 }, { 'cleanup.policy': 'compact' });
    const count = Serdes.long();
    for (let round = 0; round < 4; round += 1) {
      const keys = Array.from({ length: 500 }, (_, index) => `${round}-${index}-${'k'.repeat(1_500)}`);
      await judge.produce(
        changelog,
        keys.map((key) => ({ key, value: Buffer.from(count.serialize(1)) })),
      );
    }
    const end = await judge.endOffset(changelog);
    let cuts = 0;
    const stateDir = onDisk ? { stateDir: freshDirectory() } : {};
    const { streams, restores } = await start(counting(name), name, stateDir, ({ restored, position }) => {
      if (restored === 0 || position >= end || cuts > 0) return;
      cuts += 1;
      const child = fileURLToPath(new URL('../../test/delete-records-child.ts', import.meta.url));
      execFileSync(process.execPath, [child, cluster.bootstrapServers.join(','), changelog, String(end - 3)]);
    });
    expect(cuts).toBe(1);
    expect(restores.filter(({ restored }) => restored === 0).map(({ from }) => from)).toEqual([0, end - 3]);
    expect(streams.store('counts').approximateNumEntries()).toBe(3);
  },
);

test('Faust #47, #658: a changelog that ends with a transaction marker is read to its end', async () => {
  await judge.createTopics({ 'marker-in': 1 });
  const config = { processingGuarantee: 'exactly_once_v2' } as const;
  const first = await start(counting('marker'), 'marker', config);
  await send('marker', 'a', 'b');
  await counted(first.streams, { a: 1, b: 1 });
  await first.streams.close();
  const last = (await judge.readAll('marker-counts-changelog')).at(-1)?.offset ?? 0;
  const end = await judge.endOffset('marker-counts-changelog');
  expect(end).toBe(last + 2);
  const second = await start(counting('marker'), 'marker', config);
  expect(second.restores.at(-1)).toMatchObject({ to: end, position: end, restored: 2 });
  expect(counts(second.streams)).toEqual({ a: 1, b: 1 });
});

test.each(['beyond the end', 'before the beginning'])(
  'Faust #158: a checkpoint %s of the changelog has the store removed and restored',
  async (where) => {
    const name = `checkpoint-${where.split(' ')[0]}`;
    const stateDir = freshDirectory();
    const checkpoint = join(stateDir, name, '0_0', '.checkpoint');
    await judge.createTopics({ [`${name}-in`]: 1 });
    const first = await start(counting(name), name, { stateDir });
    await send(name, 'a', 'b', 'a');
    await counted(first.streams, { a: 2, b: 1 });
    await settled(name);
    await first.streams.close();
    expect(readFileSync(checkpoint, 'utf8')).toBe(`0\n1\n${name}-counts-changelog 0 2\n`);
    if (where === 'beyond the end') {
      writeFileSync(checkpoint, `0\n1\n${name}-counts-changelog 0 1000\n`);
    } else {
      writeFileSync(checkpoint, `0\n1\n${name}-counts-changelog 0 0\n`);
      await judge.deleteRecords(`${name}-counts-changelog`, 2);
    }
    const second = await start(counting(name), name, { stateDir });
    expect(counts(second.streams)).toEqual(where === 'beyond the end' ? { a: 2, b: 1 } : { a: 2 });
    await second.streams.close();
    expect(readFileSync(checkpoint, 'utf8')).toBe(`0\n1\n${name}-counts-changelog 0 2\n`);
  },
);

/** Windows are deleted by time, so the records of these tests must not be old. */
const noon = Date.now();

function joining(name: string, isLeft = false): Topology {
  const builder = new StreamsBuilder();
  const left = builder.stream(`${name}-left`, text);
  const right = builder.stream(`${name}-right`, text);
  const joined = { name: 'both', ...text, otherValue: text.value };
  const joiner = (one: string, two: string | null): string => `${one}+${two}`;
  const windows = JoinWindows.ofTimeDifferenceAndGrace(1_000, 1_000);
  const both = isLeft
    ? left.leftJoin(right, joiner, windows, joined)
    : left.join(right, joiner, windows, joined);
  both.to(`${name}-out`, text);
  return builder.build();
}

async function joinTopics(name: string): Promise<void> {
  await judge.createTopics({ [`${name}-left`]: 1, [`${name}-right`]: 1, [`${name}-out`]: 1 });
}

async function output(name: string): Promise<string[]> {
  return (await judge.readAll(`${name}-out`)).map(({ value }) => String(value));
}

test.each([true, false])(
  'Streamiz #325, #105: duplicates of a stream join survive a restart, and later ones stay apart (on disk: %s)',
  async (onDisk) => {
    const name = `duplicates-${onDisk}`;
    const config = onDisk ? { stateDir: freshDirectory() } : {};
    await joinTopics(name);
    const put = (side: string, ...values: string[]) =>
      judge.produce(
        `${name}-${side}`,
        values.map((value) => ({ key: 'k', value, timestamp: String(noon) })),
      );
    const first = await start(joining(name), name, config);
    await put('left', 'a', 'b');
    await eventually(
      'kept',
      async () => (await judge.readAll(`${name}-both-this-join-store-changelog`)).length === 2,
    );
    await first.streams.close();
    const second = await start(joining(name), name, config);
    expect(second.streams.metrics().recordsRestored).toBe(onDisk ? 0 : 2);
    await put('left', 'c');
    await eventually(
      'kept',
      async () => (await judge.readAll(`${name}-both-this-join-store-changelog`)).length === 3,
    );
    await put('right', 'z');
    await eventually('joined', async () => (await output(name)).length === 3);
    expect(await output(name)).toEqual(['a+z', 'b+z', 'c+z']);
    const changelog = await judge.readAll(`${name}-both-this-join-store-changelog`);
    expect(new Set(changelog.map(({ key }) => key)).size).toBe(3);
  },
);

test('Streamiz #105: what waits in a left join still waits after a restart', async () => {
  await joinTopics('waiting');
  const put = (side: string, value: string, time: number) =>
    judge.produce(`waiting-${side}`, [{ key: value, value, timestamp: String(noon + time) }]);
  const first = await start(joining('waiting', true), 'waiting');
  await put('left', 'early', 5_000);
  await put('left', 'matched', 5_000);
  const waiting = 'waiting-both-left-shared-join-store-changelog';
  await eventually('kept', async () => (await judge.readAll(waiting)).length === 2);
  await first.streams.close();
  const second = await start(joining('waiting', true), 'waiting');
  expect(second.streams.metrics().recordsRestored).toBe(4);
  await put('right', 'matched', 5_500);
  await eventually('joined', async () => (await output('waiting')).length === 1);
  let time = 20_000;
  await eventually('the window closed', async () => {
    await put('right', 'later', time);
    time += 1_000;
    return (await output('waiting')).length === 2;
  });
  expect(await output('waiting')).toEqual(['matched+matched', 'early+null']);
});

test('Streamiz #271: records in a changelog that are too old by now are passed over', async () => {
  const builder = new StreamsBuilder();
  const windows = TimeWindows.ofSizeAndGrace(1_000, 0);
  builder.stream('old-in', text).groupByKey().windowedBy(windows).count({ name: 'windows' });
  const topology = builder.build();
  await judge.createTopics({ 'old-in': 1 });
  const put = (time: number) => judge.produce('old-in', [{ key: 'k', value: 'x', timestamp: String(time) }]);
  const changelog = 'old-windows-changelog';
  const first = await start(topology, 'old');
  const late = Math.floor(noon / 1_000) * 1_000;
  const early = late - 3_600_000;
  await put(early);
  await put(late);
  await eventually('kept', async () => (await judge.readAll(changelog)).length === 2);
  await first.streams.close();
  const key = Buffer.from(toWindowKey(Buffer.from('k'), early, 0));
  await judge.produce(changelog, [{ key, value: Buffer.alloc(8), timestamp: String(early) }]);
  const second = await start(topology, 'old');
  expect(second.streams.metrics().recordsRestored).toBe(3);
  expect([...second.streams.windowStore('windows').fetchRange('k', 0, late)]).toEqual([[late, 1]]);
});

test.each([true, false])(
  'Streamiz #200: a task that comes back after it was elsewhere has what happened there (on disk: %s)',
  async (onDisk) => {
    const name = `back-${onDisk}`;
    const config = (): Partial<KafkaStreamsConfig> => (onDisk ? { stateDir: freshDirectory() } : {});
    await judge.createTopics({ [`${name}-in`]: 2 });
    const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
    const all = (count: number) => Object.fromEntries(keys.map((key) => [key, count]));
    const first = await start(counting(name), name, config());
    await send(name, ...keys);
    await counted(first.streams, all(1));
    const second = await start(counting(name), name, config());
    await eventually(
      'shared',
      () => first.streams.taskIds.length === 1 && second.streams.taskIds.length === 1,
    );
    await send(name, ...keys);
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
    await send(name, ...keys);
    await counted(first.streams, all(3));
  },
);

test('Faust #323: rebalances double nothing exactly once', async () => {
  const name = 'rebalancing';
  await judge.createTopics({ 'rebalancing-in': 4, 'rebalancing-out': 4 });
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
  const first = await start(topology(), name, config);
  for (let round = 0; round < 3; round += 1) {
    const sending = (async () => {
      for (let burst = 0; burst < 10; burst += 1) await send(name, ...keys);
    })();
    const guest = await start(topology(), name, config);
    await eventually('shared', () => guest.streams.taskIds.length === 2);
    await guest.streams.close();
    await sending;
  }
  await eventually('all back', () => first.streams.state === 'RUNNING' && first.streams.taskIds.length === 4);
  await counted(first.streams, Object.fromEntries(keys.map((key) => [key, 30])));
  await eventually('all written', async () => (await judge.readAll('rebalancing-out')).length >= 600);
  const perKey = new Map<string, number[]>();
  for (const { key, value } of await judge.readAll('rebalancing-out')) {
    const seen = perKey.get(key ?? '') ?? [];
    perKey.set(key ?? '', [...seen, Serdes.long().deserialize(value ?? Buffer.alloc(0))]);
  }
  const upTo30 = Array.from({ length: 30 }, (_, index) => index + 1);
  for (const key of keys) expect(perKey.get(key)).toEqual(upTo30);
});

test('Quix #1116: a join goes on after a restart when one input is at its end, which is a marker', async () => {
  const name = 'stall';
  await judge.createTopics({ 'stall-in': 1, 'stall-table': 1, 'stall-out': 1 });
  const topology = (): Topology => {
    const builder = new StreamsBuilder();
    const table = builder.table('stall-table', { ...text, store: 'rows' });
    builder
      .stream('stall-in', text)
      .join(table, (one, two) => `${one}+${two}`, { name: 'joined' })
      .to('stall-out', text);
    return builder.build();
  };
  await judge.produceTransaction('stall-table', [{ key: 'k', value: 'row' }]);
  const config = { processingGuarantee: 'exactly_once_v2' } as const;
  const first = await start(topology(), name, config);
  const put = (value: string) => judge.produce('stall-in', [{ key: 'k', value }]);
  await put('1');
  await eventually('joined', async () => (await output(name)).length === 1);
  await first.streams.close();
  await start(topology(), name, config);
  await put('2');
  await eventually('joined on', async () => (await output(name)).length === 2, 10_000);
  expect(await output(name)).toEqual(['1+row', '2+row']);
});
