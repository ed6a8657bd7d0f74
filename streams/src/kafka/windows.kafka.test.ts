import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../test/kafka-judge.ts';
import { StreamsRunner, text } from '../../test/streams-runner.ts';
import { Serdes } from '../serdes.ts';
import { SessionWindows } from '../session-windows.ts';
import { StreamsBuilder } from '../streams-builder.ts';
import { BufferConfig, Suppressed } from '../suppressed.ts';
import type { Topology } from '../topology.ts';
import { TimeWindows } from '../windows.ts';
import type { KafkaStreams } from './kafka-streams.ts';
import type { KafkaStreamsConfig } from './kafka-streams-config.ts';

let runner: StreamsRunner;

beforeAll(async () => {
  runner = await StreamsRunner.start();
});

afterEach(() => runner.cleanUp());
afterAll(() => runner?.stop());

/** Counts in windows, emitted by a suppress and on close, and in sessions. */
function windowsTopology(prefix: string): Topology {
  const builder = new StreamsBuilder();
  const grouped = builder.stream(`${prefix}-in`, text).groupByKey();
  const windows = TimeWindows.ofSizeWithNoGrace(10_000);
  const results = { key: text.key, value: Serdes.long() };
  grouped
    .windowedBy(windows)
    .count({ name: 'counts' })
    .suppress(Suppressed.untilWindowCloses(BufferConfig.unbounded()), { name: 'final' })
    .toStream(({ key, window }) => `${key}@${window.start}`)
    .to(`${prefix}-final`, results);
  grouped
    .windowedBy(windows)
    .emitStrategy('on-window-close')
    .count({ name: 'closed' })
    .toStream(({ key, window }) => `${key}@${window.start}`)
    .to(`${prefix}-closed`, results);
  grouped.windowedBy(SessionWindows.ofInactivityGapAndGrace(5_000, 60_000)).count({ name: 'sessions' });
  return builder.build();
}

test.each([
  { prefix: 'memory', onDisk: false },
  { prefix: 'disk', onDisk: true },
])('what windows keep survives restarts ($prefix)', async ({ prefix, onDisk }) => {
  await runner.judge.createTopics({ [`${prefix}-in`]: 1, [`${prefix}-final`]: 1, [`${prefix}-closed`]: 1 });
  const config: Partial<KafkaStreamsConfig> = onDisk
    ? { stateDir: runner.freshDirectory() }
    : { processingGuarantee: 'exactly_once_v2' };
  const start = async (): Promise<KafkaStreams> =>
    (await runner.run(windowsTopology(prefix), prefix, config)).streams;
  const pipe = (streams: KafkaStreams, key: string, timestamp: number): Promise<void> =>
    runner.judge
      .produce(`${prefix}-in`, [
        { key, value: 'x', timestamp: String(timestamp), headers: { at: `${timestamp}` } },
      ])
      .then(() => eventually('processed', async () => (await runner.judge.lag(prefix, `${prefix}-in`)) === 0))
      .then(() => expect(streams.state).toBe('RUNNING'));

  const first = await start();
  await pipe(first, 'a', 1_000);
  await pipe(first, 'a', 4_000);
  await first.close();
  const second = await start();
  expect([...second.sessionStore<string, number>('sessions').fetch('a')]).toEqual([
    [{ key: 'a', window: { start: 1_000, end: 4_000 } }, 2],
  ]);
  await pipe(second, 'b', 11_000);
  await second.close();
  const third = await start();
  await pipe(third, 'b', 12_000);
  await third.close();

  const shown = async (topic: string) =>
    (await runner.judge.readAll(topic)).map(({ key, value, timestamp, headers }) => ({
      key,
      count: value === null ? null : Serdes.long().deserialize(value),
      timestamp,
      at: String(headers?.at),
    }));
  const counted = { key: 'a@0', count: 2, timestamp: 4_000 };
  expect(await shown(`${prefix}-final`)).toEqual([{ ...counted, at: '4000' }]);
  expect(await shown(`${prefix}-closed`)).toEqual([{ ...counted, at: '11000' }]);
});
