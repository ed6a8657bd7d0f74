import { expect, test } from 'vitest';
import { Serdes } from './serdes.ts';
import { SlidingWindows } from './sliding-windows.ts';
import { StreamsBuilder } from './streams-builder.ts';
import { BufferConfig, Suppressed } from './suppressed.ts';
import { TimeWindows } from './windows.ts';

const text = { key: Serdes.string(), value: Serdes.string() };

test('buffers combine their limits, and know what happens when they are full', () => {
  const eager = BufferConfig.maxRecords(10).withMaxBytes(2_000);
  expect(eager).toMatchObject({ maxRecords: 10, maxBytes: 2_000, whenFull: 'emit' });
  expect(eager.shutDownWhenFull()).toMatchObject({ maxRecords: 10, maxBytes: 2_000, whenFull: 'shut-down' });
  const unbounded = { maxRecords: Number.POSITIVE_INFINITY, maxBytes: Number.POSITIVE_INFINITY };
  expect(eager.withNoBound()).toMatchObject({ ...unbounded, whenFull: 'shut-down' });
  expect(BufferConfig.unbounded().withMaxRecords(3)).toMatchObject({ maxRecords: 3, whenFull: 'shut-down' });
  expect(BufferConfig.unbounded().withMaxBytes(3).emitEarlyWhenFull()).toMatchObject({
    maxBytes: 3,
    whenFull: 'emit',
  });
  expect(() => BufferConfig.maxRecords(-1)).toThrow(/at least 0, not -1/);
  expect(() => Suppressed.untilTimeLimit(0.5, eager)).toThrow(/time limit of a suppress/);
});

test('a suppress says what it lacks', () => {
  const builder = new StreamsBuilder();
  const table = builder.table('in', text);
  const closes = Suppressed.untilWindowCloses(BufferConfig.unbounded());
  expect(() => table.suppress(closes)).toThrow(/needs a name/);
  expect(() => table.suppress(closes, { name: 'final' })).toThrow(/"final" waits until windows close/);
  const limit = Suppressed.untilTimeLimit(5, BufferConfig.unbounded());
  const lengths = table.mapValues((value) => value.length);
  expect(() => lengths.suppress(limit, { name: 'lengths' })).toThrow(/The value of suppress "lengths"/);
  lengths.suppress(limit, { name: 'lengths', value: Serdes.long() }).toStream().to('out');
  expect(() => builder.build()).not.toThrow();
});

test('changelogs of windows, sessions and buffers have the settings of Kafka Streams', () => {
  const builder = new StreamsBuilder();
  const grouped = builder.stream('in', text).groupByKey();
  const sliding = grouped.windowedBy(SlidingWindows.ofTimeDifferenceAndGrace(10, 5));
  sliding
    .count({ name: 'slid' })
    .suppress(Suppressed.untilWindowCloses(BufferConfig.unbounded()), { name: 'final' })
    .toStream()
    .to('out');
  const closing = grouped.windowedBy(TimeWindows.ofSizeAndGrace(10, 5)).emitStrategy('on-window-close');
  closing.count({ name: 'closed' });
  const topics = builder.build().plan('app').internalTopics;
  const settings = new Map(topics.map(({ name, configs }) => [name, configs]));
  const times = { 'message.timestamp.type': 'CreateTime' };
  const windows = { 'cleanup.policy': 'compact,delete', ...times };
  expect(settings.get('app-slid-changelog')).toEqual({ ...windows, 'retention.ms': '86400025' });
  expect(settings.get('app-closed-changelog')).toEqual({ ...windows, 'retention.ms': '86400015' });
  expect(settings.get('app-final-changelog')).toEqual({ 'cleanup.policy': 'compact', ...times });
});
