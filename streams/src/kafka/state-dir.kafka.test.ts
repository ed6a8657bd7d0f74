import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { ChildApp } from '../../test/child-app.ts';
import { eventually } from '../../test/kafka-judge.ts';
import { counted, counting, type Run, StreamsRunner, text } from '../../test/streams-runner.ts';
import { Serdes } from '../serdes.ts';
import { StreamsBuilder } from '../streams-builder.ts';
import type { ProcessingGuarantee } from './kafka-streams-config.ts';

let runner: StreamsRunner;

beforeAll(async () => {
  runner = await StreamsRunner.start();
});

afterEach(() => runner.cleanUp());
afterAll(() => runner?.stop());

function launch(applicationId: string, stateDir: string, processingGuarantee: ProcessingGuarantee): ChildApp {
  const prefix = `${applicationId}-`;
  return runner.launch({ applicationId, prefix, processingGuarantee, stateDir, sessionTimeoutMs: 2_000 });
}

/** 300 lines with 200 different words, so that the changelog grows faster than the store. */
function lines(): { key: string; value: string }[] {
  return Array.from({ length: 300 }, (_, index) => ({ key: `k${index}`, value: `w${index % 200}` }));
}

async function storeOf(app: ChildApp): Promise<Map<string, number>> {
  return new Map((await app.ask('store')).entries ?? []);
}

async function restoredBy(app: ChildApp): Promise<number> {
  return (await app.ask('metrics')).metrics?.recordsRestored ?? -1;
}

/** Runs 300 lines, kills the instance, and starts it again on the same directory with 300 more. */
async function crash(name: string, processingGuarantee: ProcessingGuarantee) {
  const stateDir = runner.freshDirectory();
  const counts = join(stateDir, name, '1_0');
  await runner.judge.createTopics({ [`${name}-lines`]: 1, [`${name}-counts`]: 1 });
  const first = launch(name, stateDir, processingGuarantee);
  await eventually('first start', () => first.running);
  await runner.judge.produce(`${name}-lines`, lines());
  await eventually('counted', async () => (await storeOf(first)).get('w99') === 2);
  const idle = async () => (await runner.judge.lag(name, `${name}-words-repartition`)) <= 1;
  await eventually('committed', idle);
  if (processingGuarantee === 'at_least_once')
    await eventually('checkpoint', () => existsSync(join(counts, '.checkpoint')));
  await first.kill();
  expect(existsSync(join(counts, 'data.mdb'))).toBe(true);
  const checkpoint = existsSync(join(counts, '.checkpoint'));
  const second = launch(name, stateDir, processingGuarantee);
  await eventually('second start', () => second.running);
  const restored = await restoredBy(second);
  await runner.judge.produce(`${name}-lines`, lines());
  await eventually('counted on', async () => (await storeOf(second)).get('w99') === 4);
  const store = await storeOf(second);
  await second.close();
  expect(second.error).toBeNull();
  return { checkpoint, restored, store, file: readFileSync(join(counts, '.checkpoint'), 'utf8') };
}

test('exactly once: after a crash there is no checkpoint, so the store is removed and restored whole', async () => {
  const { checkpoint, restored, store, file } = await crash('crash-eos', 'exactly_once_v2');
  expect(checkpoint).toBe(false);
  expect(restored).toBe(300);
  const expected = Array.from({ length: 200 }, (_, word): [string, number] => [
    `w${word}`,
    word < 100 ? 4 : 2,
  ]);
  expect(store).toEqual(new Map(expected));
  expect(file).toMatch(/^0\n1\ncrash-eos-counts-changelog 0 \d+\n$/);
});

test('at least once: after a crash only what came after the checkpoint is read', async () => {
  const { checkpoint, restored, store } = await crash('crash-alo', 'at_least_once');
  expect(checkpoint).toBe(true);
  expect(restored).toBeLessThan(300);
  expect(store.size).toBe(200);
  for (const [word, count] of store)
    expect(count).toBeGreaterThanOrEqual(Number(word.slice(1)) < 100 ? 4 : 2);
});

test('a second instance on the same directory is refused before it does anything', async () => {
  await runner.judge.createTopics({ 'locked-in': 1 });
  const stateDir = runner.freshDirectory();
  await runner.run(counting('locked'), 'locked', { stateDir });
  await expect(runner.run(counting('locked'), 'locked', { stateDir })).rejects.toThrow(
    `The state directory "${join(stateDir, 'locked')}" is in use by another instance (process ${process.pid})`,
  );
  const child = launch('locked', stateDir, 'at_least_once');
  await eventually('refused', () => child.error !== null);
  expect(child.error).toContain(`"${join(stateDir, 'locked')}" is in use by another instance`);
});

test('an instance that comes back gets the tasks whose stores it kept, and reads only the rest', async () => {
  const name = 'returns';
  await runner.judge.createTopics({ [`${name}-in`]: 6 });
  const keys = Array.from({ length: 60 }, (_, index) => `k${index}`);
  const [dirA, dirB] = [runner.freshDirectory(), runner.freshDirectory()];
  const first = await runner.run(counting(name), name, { stateDir: dirA });
  const second = await runner.run(counting(name), name, { stateDir: dirB });
  const shared = (other: Run) => first.streams.taskIds.length === 3 && other.streams.taskIds.length === 3;
  await eventually('shared', () => shared(second));
  for (let round = 0; round < 5; round += 1) await runner.send(name, ...keys);
  await eventually('committed', async () => (await runner.judge.lag(name, `${name}-in`)) === 0);
  const before = second.streams.taskIds.sort();
  await second.streams.close();
  await eventually(
    'all on one',
    () => first.streams.taskIds.length === 6 && first.streams.state === 'RUNNING',
  );
  await counted(first.streams, Object.fromEntries(keys.map((key) => [key, 5])));
  const again = await runner.run(counting(name), name, { stateDir: dirB });
  await eventually('shared again', () => shared(again) && again.streams.state === 'RUNNING');
  expect(again.streams.taskIds.sort()).toEqual(before);
  expect(again.streams.metrics().recordsRestored).toBe(0);
});

test('a rebalance interrupts restoring, which goes on where it stopped', async () => {
  const name = 'interrupted';
  const changelog = `${name}-counts-changelog`;
  await runner.judge.createTopics({ [`${name}-in`]: 1 });
  await runner.judge.createTopics({ [changelog]: 1 }, { 'cleanup.policy': 'compact' });
  const value = Buffer.from(Serdes.long().serialize(1));
  for (let round = 0; round < 20; round += 1) {
    const keys = Array.from({ length: 500 }, (_, index) => `${round}-${index}-${'k'.repeat(1_500)}`);
    await runner.judge.produce(
      changelog,
      keys.map((key) => ({ key, value })),
    );
  }
  const path = (file: string): string => fileURLToPath(new URL(`../../test/${file}`, import.meta.url));
  const { bootstrapServers } = runner.cluster;
  const patient = { sessionTimeoutMs: 30_000, heartbeatIntervalMs: 100 };
  const pause = new Int32Array(new SharedArrayBuffer(4));
  const guests: ChildProcess[] = [];
  const invite = (): ChildProcess => {
    const config = { applicationId: name, bootstrapServers, ...patient };
    const child = fork(path('counting-child.ts'), [JSON.stringify(config)]);
    execFileSync(process.execPath, [path('await-rebalance-child.ts'), bootstrapServers.join(','), name]);
    return child;
  };
  const config = { stateDir: runner.freshDirectory(), ...patient };
  const first = await runner.run(counting(name), name, config, ({ restored }) => {
    if (restored === 0) return;
    if (guests.length === 0) guests.push(invite());
    Atomics.wait(pause, 0, 0, 100);
  });
  const starts = first.restores.filter(({ restored }) => restored === 0).map(({ from }) => from);
  expect(starts[0]).toBe(0);
  expect(starts.length).toBeGreaterThan(1);
  expect(starts.slice(1).every((from) => from > 0)).toBe(true);
  expect(first.streams.metrics().recordsRestored).toBe(10_000);
  expect(first.streams.store('counts').approximateNumEntries()).toBe(10_000);
  for (const child of guests) child.kill();
});

test('close ends within its time, whatever the last commit waits for', async () => {
  await runner.judge.createTopics({ 'hanging-in': 1 });
  const builder = new StreamsBuilder();
  let called = 0;
  const forever = (): Promise<void> => {
    called += 1;
    return new Promise(() => undefined);
  };
  builder.stream('hanging-in', text).foreach(forever);
  const { streams } = await runner.run(builder.build(), 'hanging', { commitIntervalMs: 30_000 });
  await runner.send('hanging', 'a');
  await eventually('processed', () => called === 1);
  await streams.close({ timeoutMs: 300 });
  expect(streams.state).toBe('NOT_RUNNING');
  expect(await runner.judge.lag('hanging', 'hanging-in')).toBe(1);
});
