import { expect, test } from 'vitest';
import { Serdes } from './serdes.ts';
import { SessionWindows } from './session-windows.ts';
import { SlidingWindows } from './sliding-windows.ts';
import { StreamsBuilder } from './streams-builder.ts';
import { sessionWindowedSerde } from './windowed-serdes.ts';

const text = { key: Serdes.string(), value: Serdes.string() };

test('session keys are the key, the end and the start, and go to the partition of their key', () => {
  const serde = sessionWindowedSerde(Serdes.string());
  const session = { key: 'k', window: { start: 10, end: 1_700_000_000_000 } };
  const bytes = serde.serialize(session);
  expect(Buffer.from(bytes).toString('hex')).toBe('6b0000018bcfe56800000000000000000a');
  expect(serde.deserialize(bytes)).toEqual(session);
  expect(serde.partitionBytes?.(session)).toEqual(Buffer.from('k'));
  expect(() => serde.deserialize(Buffer.from('short'))).toThrow(/at least 16 bytes/);
});

test('durations must be whole milliseconds', () => {
  expect(() => SessionWindows.ofInactivityGapAndGrace(-1, 0)).toThrow(/inactivity gap/);
  expect(() => SessionWindows.ofInactivityGapAndGrace(1, 0.5)).toThrow(/grace period/);
  expect(() => SlidingWindows.ofTimeDifferenceWithNoGrace(-1)).toThrow(/time difference/);
  expect(SlidingWindows.ofTimeDifferenceWithNoGrace(3)).toMatchObject({ timeDifferenceMs: 3, graceMs: 0 });
  expect(SessionWindows.ofInactivityGapWithNoGrace(3)).toMatchObject({ inactivityGapMs: 3, graceMs: 0 });
});

test('a store that keeps windows too short is refused', () => {
  const grouped = new StreamsBuilder().stream('in', text).groupByKey();
  const sessions = grouped.windowedBy(SessionWindows.ofInactivityGapAndGrace(10, 5));
  expect(() => sessions.count({ name: 'short', retentionMs: 14 })).toThrow(/14 ms.*15 ms/);
  const sliding = grouped.windowedBy(SlidingWindows.ofTimeDifferenceAndGrace(10, 5));
  expect(() => sliding.count({ name: 'shorter', retentionMs: 24 })).toThrow(/24 ms.*25 ms/);
});
