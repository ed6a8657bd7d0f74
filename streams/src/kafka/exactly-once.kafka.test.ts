import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { ChildApp } from '../../test/child-app.ts';
import { eventually } from '../../test/kafka-judge.ts';
import { StreamsRunner } from '../../test/streams-runner.ts';
import type { ChildConfig } from '../../test/word-count-child.ts';
import { Serdes } from '../serdes.ts';

const long = Serdes.long();
let runner: StreamsRunner;

beforeAll(async () => {
  runner = await StreamsRunner.start();
});

afterEach(() => runner.cleanUp());
afterAll(() => runner?.stop());

function launch(config: Partial<ChildConfig> & { applicationId: string; prefix: string }): ChildApp {
  return runner.launch({ processingGuarantee: 'exactly_once_v2', sessionTimeoutMs: 2_000, ...config });
}

const WORDS = 11;

function lines(from: number, count: number): { key: string; value: string }[] {
  return Array.from({ length: count }, (_, index) => ({
    key: `k${from + index}`,
    value: `w${(from + index) % WORDS} w${(from + index) % 3}`,
  }));
}

function expectedCounts(total: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { value } of lines(0, total)) {
    for (const word of value.split(' ')) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

/** Every count from 1 to the last appears once, in order: nothing lost, nothing doubled. */
async function assertExact(applicationId: string, prefix: string, total: number): Promise<void> {
  const perWord = new Map<string, number[]>();
  for (const { key, value } of await runner.judge.readAll(`${prefix}counts`)) {
    if (key === null || value === null) throw new Error('A count without key or value.');
    perWord.set(key, [...(perWord.get(key) ?? []), long.deserialize(value)]);
  }
  const expected = expectedCounts(total);
  expect(new Set(perWord.keys())).toEqual(new Set(expected.keys()));
  for (const [word, count] of expected) {
    expect(perWord.get(word)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
  }
  const changelog = await runner.judge.readTable(`${applicationId}-counts-changelog`);
  expect(new Map([...changelog].map(([key, value]) => [key, long.deserialize(value)]))).toEqual(expected);
}

async function lagOf(applicationId: string, prefix: string): Promise<number> {
  return (
    (await runner.judge.lag(applicationId, `${prefix}lines`)) +
    (await runner.judge.lag(applicationId, `${applicationId}-words-repartition`))
  );
}

async function storesOf(apps: readonly ChildApp[]): Promise<Map<string, number>> {
  const stores = await Promise.all(apps.map((app) => app.ask('store')));
  return new Map(stores.flatMap(({ entries }) => entries ?? []));
}

test.each([{ instanceId: 'one' }, {}])('survives SIGKILL without loss or doubling %o', async (membership) => {
  const applicationId = `eos-kill-${membership.instanceId ?? 'dynamic'}`;
  const prefix = `${applicationId}-`;
  await runner.judge.createTopics({ [`${prefix}lines`]: 3, [`${prefix}counts`]: 3 });
  const total = 6_000;
  const chunk = 500;
  let app = launch({ applicationId, prefix, ...membership });
  await eventually('first start', () => app.running);
  let kills = 0;
  for (let sent = 0; sent < total; sent += chunk) {
    await runner.judge.produce(`${prefix}lines`, lines(sent, chunk));
    if ((sent / chunk) % 3 !== 1) continue;
    await new Promise((resolve) => setTimeout(resolve, 37 * (kills + 1)));
    await app.kill();
    kills += 1;
    app = launch({ applicationId, prefix, ...membership });
    if (kills % 2 === 0) await eventually('restart', () => app.running);
  }
  await eventually('running again', () => app.running);
  await eventually('lag zero', async () => (await lagOf(applicationId, prefix)) === 0);
  await assertExact(applicationId, prefix, total);
  expect(await storesOf([app])).toEqual(expectedCounts(total));
  expect(kills).toBe(4);
  await app.close();
  expect(app.error).toBeNull();
});

test('two instances share the partitions; one takes over when the other is killed', async () => {
  const applicationId = 'eos-two';
  const prefix = `${applicationId}-`;
  await runner.judge.createTopics({ [`${prefix}lines`]: 4, [`${prefix}counts`]: 4 });
  const first = launch({ applicationId, prefix });
  await eventually('first start', () => first.running);
  await runner.judge.produce(`${prefix}lines`, lines(0, 500));
  const second = launch({ applicationId, prefix });
  await eventually('both share the tasks', async () => {
    if (!first.running || !second.running) return false;
    const [one, two] = await Promise.all([first.ask('metrics'), second.ask('metrics')]);
    return one.tasks?.length === 4 && two.tasks?.length === 4;
  });
  await runner.judge.produce(`${prefix}lines`, lines(500, 1_000));
  await first.kill();
  await runner.judge.produce(`${prefix}lines`, lines(1_500, 500));
  await eventually(
    'the survivor has everything',
    async () => (await second.ask('metrics')).tasks?.length === 8,
  );
  await eventually('lag zero', async () => (await lagOf(applicationId, prefix)) === 0);
  await assertExact(applicationId, prefix, 2_000);
  expect(await storesOf([second])).toEqual(expectedCounts(2_000));
  await second.close();
});

test('fences a zombie that wakes after its session ended', async () => {
  const applicationId = 'eos-zombie';
  const prefix = `${applicationId}-`;
  await runner.judge.createTopics({ [`${prefix}lines`]: 2, [`${prefix}counts`]: 2 });
  const zombie = launch({ applicationId, prefix });
  await eventually('first start', () => zombie.running);
  const producing = runner.judge.produce(`${prefix}lines`, lines(0, 3_000));
  await new Promise((resolve) => setTimeout(resolve, 60));
  zombie.process.kill('SIGSTOP');
  await producing;
  const heir = launch({ applicationId, prefix });
  await eventually('the heir runs', () => heir.running);
  await eventually('lag zero', async () => (await lagOf(applicationId, prefix)) === 0);
  zombie.process.kill('SIGCONT');
  await runner.judge.produce(`${prefix}lines`, lines(3_000, 1_000));
  await eventually('the zombie noticed and came back', async () => {
    if (!zombie.running || !heir.running) return false;
    const [one, two] = await Promise.all([zombie.ask('metrics'), heir.ask('metrics')]);
    return one.tasks?.length === 2 && two.tasks?.length === 2;
  });
  await eventually('lag zero again', async () => (await lagOf(applicationId, prefix)) === 0);
  await assertExact(applicationId, prefix, 4_000);
  expect(await storesOf([zombie, heir])).toEqual(expectedCounts(4_000));
  await Promise.all([zombie.close(), heir.close()]);
  expect(zombie.error).toBeNull();
});

/*
 * A lone broker that is killed while transactions end can forget markers when it starts again
 * (docs/decisions/0002-kafka-client-for-streams.md); the tasks see it when they are opened again.
 */
test('goes on after the only broker was killed and started again', async () => {
  const applicationId = 'eos-broker';
  const prefix = `${applicationId}-`;
  await runner.judge.createTopics({ [`${prefix}lines`]: 2, [`${prefix}counts`]: 2 });
  const app = launch({ applicationId, prefix });
  await eventually('first start', () => app.running);
  await runner.judge.produce(`${prefix}lines`, lines(0, 2_000));
  await runner.cluster.brokers[0]?.kill();
  await runner.cluster.brokers[0]?.restart();
  await runner.reconnectJudge();
  await runner.judge.produce(`${prefix}lines`, lines(2_000, 500));
  await eventually('lag zero', async () => (await lagOf(applicationId, prefix)) === 0);
  await eventually('running again', () => app.running);
  await assertExact(applicationId, prefix, 2_500);
  expect(await storesOf([app])).toEqual(expectedCounts(2_500));
  await app.close();
  expect(app.error).toBeNull();
});
