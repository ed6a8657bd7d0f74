import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { eventually, KafkaJudge } from '../../test/kafka-judge.ts';
import { type LocalCluster, startLocalCluster } from '../../test/local-cluster.ts';
import { Serdes } from '../serdes.ts';
import { SessionWindows } from '../session-windows.ts';
import { StreamsBuilder } from '../streams-builder.ts';
import { BufferConfig, Suppressed } from '../suppressed.ts';
import type { Topology } from '../topology.ts';
import { TimeWindows } from '../windows.ts';
import { KafkaStreams } from './kafka-streams.ts';

const text = { key: Serdes.string(), value: Serdes.string() };
const directory = mkdtempSync(join(tmpdir(), 'millstream-windows-'));
let cluster: LocalCluster;
let judge: KafkaJudge;
const running: KafkaStreams[] = [];

beforeAll(async () => {
  cluster = await startLocalCluster();
  judge = await KafkaJudge.connect(cluster.bootstrapServers);
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((streams) => streams.close()));
});

afterAll(async () => {
  await judge?.close();
  await cluster?.stop();
  rmSync(directory, { recursive: true, force: true });
});

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
  { prefix: 'memory', config: { processingGuarantee: 'exactly_once_v2' } },
  { prefix: 'disk', config: { stateDir: directory } },
] as const)('what windows keep survives restarts ($prefix)', async ({ prefix, config }) => {
  await judge.createTopics({ [`${prefix}-in`]: 1, [`${prefix}-final`]: 1, [`${prefix}-closed`]: 1 });
  const start = async (): Promise<KafkaStreams> => {
    const streams = new KafkaStreams(windowsTopology(prefix), {
      applicationId: prefix,
      bootstrapServers: cluster.bootstrapServers,
      commitIntervalMs: 100,
      sessionTimeoutMs: 3_000,
      heartbeatIntervalMs: 500,
      ...config,
    });
    running.push(streams);
    await streams.start();
    return streams;
  };
  const pipe = (streams: KafkaStreams, key: string, timestamp: number): Promise<void> =>
    judge
      .produce(`${prefix}-in`, [
        { key, value: 'x', timestamp: String(timestamp), headers: { at: `${timestamp}` } },
      ])
      .then(() => eventually('processed', async () => (await judge.lag(prefix, `${prefix}-in`)) === 0))
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
    (await judge.readAll(topic)).map(({ key, value, timestamp, headers }) => ({
      key,
      count: value === null ? null : Serdes.long().deserialize(value),
      timestamp,
      at: String(headers?.at),
    }));
  const counted = { key: 'a@0', count: 2, timestamp: 4_000 };
  expect(await shown(`${prefix}-final`)).toEqual([{ ...counted, at: '4000' }]);
  expect(await shown(`${prefix}-closed`)).toEqual([{ ...counted, at: '11000' }]);
});
