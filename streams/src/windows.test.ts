import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TopologyTestDriver } from '../testing/topology-test-driver.ts';
import { Serdes } from './serdes.ts';
import { StreamsBuilder } from './streams-builder.ts';
import { JoinWindows, TimeWindows } from './windows.ts';

const shapes = fc
  .record({
    size: fc.integer({ min: 1, max: 20 }),
    advance: fc.integer({ min: 1, max: 20 }),
    grace: fc.nat(15),
  })
  .filter(({ size, advance }) => advance <= size);

test('the windows of a time are those that contain it', () => {
  fc.assert(
    fc.property(shapes, fc.nat(200), ({ size, advance }, time) => {
      const windows = TimeWindows.ofSizeWithNoGrace(size).advanceBy(advance);
      const all = Array.from({ length: 201 }, (_, index) => index * advance);
      expect(windows.windowsFor(time)).toEqual(all.filter((start) => start <= time && time < start + size));
    }),
  );
});

interface Event {
  readonly key: string;
  readonly time: number;
}

/** The definition, without any cleverness. */
function bruteForce(events: readonly Event[], size: number, advance: number, grace: number): string[] {
  const counts = new Map<string, number>();
  const emitted: string[] = [];
  let streamTime = -1;
  for (const { key, time } of events) {
    streamTime = Math.max(streamTime, time);
    for (let start = 0; start <= time; start += advance) {
      if (start + size <= time || start + size <= streamTime - grace) continue;
      const id = `${key}@${start}`;
      counts.set(id, (counts.get(id) ?? 0) + 1);
      emitted.push(`${id}=${counts.get(id)}`);
    }
  }
  return emitted;
}

test('windowed counts equal the definition, out of order and late', () => {
  const events = fc.array(fc.record({ key: fc.constantFrom('a', 'b'), time: fc.nat(120) }), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(shapes, events, ({ size, advance, grace }, input) => {
      const builder = new StreamsBuilder();
      builder
        .stream('in', { key: Serdes.string(), value: Serdes.string() })
        .groupByKey()
        .windowedBy(TimeWindows.ofSizeAndGrace(size, grace).advanceBy(advance))
        .count({ name: 'counts' })
        .toStream(({ key, window }) => `${key}@${window.start}`)
        .to('out', { key: Serdes.string() });
      const driver = new TopologyTestDriver(builder.build());
      const topic = driver.createInputTopic('in', Serdes.string(), Serdes.string());
      for (const { key, time } of input) topic.pipeInput(key, '', { timestamp: time });
      const output = driver.createOutputTopic('out', Serdes.string(), Serdes.long()).readKeyValues();
      expect(output.map(([id, count]) => `${id}=${count}`)).toEqual(bruteForce(input, size, advance, grace));
    }),
  );
});

test('impossible windows are refused', () => {
  expect(() => TimeWindows.ofSizeAndGrace(0, 0)).toThrow('>= 1');
  expect(() => TimeWindows.ofSizeWithNoGrace(5).advanceBy(6)).toThrow('must not exceed the size');
  expect(() => JoinWindows.ofTimeDifferenceWithNoGrace(5).before(-10)).toThrow('must not be negative');
});
