import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../test/kafka-judge.ts';
import { StreamsRunner, text } from '../../test/streams-runner.ts';
import { toWindowKey } from '../internals/window-key.ts';
import { StreamsBuilder } from '../streams-builder.ts';
import type { Topology } from '../topology.ts';
import { JoinWindows, TimeWindows } from '../windows.ts';

/*
 * Faults that other libraries like Kafka Streams have had, each with the number it has there. They
 * must not come up here.
 */

let runner: StreamsRunner;

beforeAll(async () => {
  runner = await StreamsRunner.start();
});

afterEach(() => runner.cleanUp());
afterAll(() => runner?.stop());

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
  await runner.judge.createTopics({ [`${name}-left`]: 1, [`${name}-right`]: 1, [`${name}-out`]: 1 });
}

test.each([true, false])(
  'Streamiz #325, #105: duplicates of a stream join survive a restart, and later ones stay apart (on disk: %s)',
  async (onDisk) => {
    const name = `duplicates-${onDisk}`;
    const config = onDisk ? { stateDir: runner.freshDirectory() } : {};
    await joinTopics(name);
    const put = (side: string, ...values: string[]) =>
      runner.judge.produce(
        `${name}-${side}`,
        values.map((value) => ({ key: 'k', value, timestamp: String(noon) })),
      );
    const first = await runner.run(joining(name), name, config);
    await put('left', 'a', 'b');
    await eventually(
      'kept',
      async () => (await runner.judge.readAll(`${name}-both-this-join-store-changelog`)).length === 2,
    );
    await first.streams.close();
    const second = await runner.run(joining(name), name, config);
    expect(second.streams.metrics().recordsRestored).toBe(onDisk ? 0 : 2);
    await put('left', 'c');
    await eventually(
      'kept',
      async () => (await runner.judge.readAll(`${name}-both-this-join-store-changelog`)).length === 3,
    );
    await put('right', 'z');
    await eventually('joined', async () => (await runner.output(name)).length === 3);
    expect(await runner.output(name)).toEqual(['a+z', 'b+z', 'c+z']);
    const changelog = await runner.judge.readAll(`${name}-both-this-join-store-changelog`);
    expect(new Set(changelog.map(({ key }) => key)).size).toBe(3);
  },
);

test('Streamiz #105: what waits in a left join still waits after a restart', async () => {
  await joinTopics('waiting');
  const put = (side: string, value: string, time: number) =>
    runner.judge.produce(`waiting-${side}`, [{ key: value, value, timestamp: String(noon + time) }]);
  const first = await runner.run(joining('waiting', true), 'waiting');
  await put('left', 'early', 5_000);
  await put('left', 'matched', 5_000);
  const waiting = 'waiting-both-left-shared-join-store-changelog';
  await eventually('kept', async () => (await runner.judge.readAll(waiting)).length === 2);
  await first.streams.close();
  const second = await runner.run(joining('waiting', true), 'waiting');
  expect(second.streams.metrics().recordsRestored).toBe(4);
  await put('right', 'matched', 5_500);
  await eventually('joined', async () => (await runner.output('waiting')).length === 1);
  let time = 20_000;
  await eventually('the window closed', async () => {
    await put('right', 'later', time);
    time += 1_000;
    return (await runner.output('waiting')).length === 2;
  });
  expect(await runner.output('waiting')).toEqual(['matched+matched', 'early+null']);
});

test('Streamiz #271: records in a changelog that are too old by now are passed over', async () => {
  const builder = new StreamsBuilder();
  const windows = TimeWindows.ofSizeAndGrace(1_000, 0);
  builder.stream('old-in', text).groupByKey().windowedBy(windows).count({ name: 'windows' });
  const topology = builder.build();
  await runner.judge.createTopics({ 'old-in': 1 });
  const put = (time: number) =>
    runner.judge.produce('old-in', [{ key: 'k', value: 'x', timestamp: String(time) }]);
  const changelog = 'old-windows-changelog';
  const first = await runner.run(topology, 'old');
  const late = Math.floor(noon / 1_000) * 1_000;
  const early = late - 3_600_000;
  await put(early);
  await put(late);
  await eventually('kept', async () => (await runner.judge.readAll(changelog)).length === 2);
  await first.streams.close();
  const key = Buffer.from(toWindowKey(Buffer.from('k'), early, 0));
  await runner.judge.produce(changelog, [{ key, value: Buffer.alloc(8), timestamp: String(early) }]);
  const second = await runner.run(topology, 'old');
  expect(second.streams.metrics().recordsRestored).toBe(3);
  expect([...second.streams.windowStore('windows').fetchRange('k', 0, late)]).toEqual([[late, 1]]);
});

test('Quix #1116: a join goes on after a restart when one input is at its end, which is a marker', async () => {
  const name = 'stall';
  await runner.judge.createTopics({ 'stall-in': 1, 'stall-table': 1, 'stall-out': 1 });
  const topology = (): Topology => {
    const builder = new StreamsBuilder();
    const table = builder.table('stall-table', { ...text, store: 'rows' });
    builder
      .stream('stall-in', text)
      .join(table, (one, two) => `${one}+${two}`, { name: 'joined' })
      .to('stall-out', text);
    return builder.build();
  };
  await runner.judge.produceTransaction('stall-table', [{ key: 'k', value: 'row' }]);
  const config = { processingGuarantee: 'exactly_once_v2' } as const;
  const first = await runner.run(topology(), name, config);
  const put = (value: string) => runner.judge.produce('stall-in', [{ key: 'k', value }]);
  await put('1');
  await eventually('joined', async () => (await runner.output(name)).length === 1);
  await first.streams.close();
  await runner.run(topology(), name, config);
  await put('2');
  await eventually('joined on', async () => (await runner.output(name)).length === 2, 10_000);
  expect(await runner.output(name)).toEqual(['1+row', '2+row']);
});
