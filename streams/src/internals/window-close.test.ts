import { expect, test } from 'vitest';
import { TopologyTestDriver } from '../../testing/topology-test-driver.ts';
import { Serdes } from '../serdes.ts';
import { StreamsBuilder } from '../streams-builder.ts';
import { TimeWindows } from '../windows.ts';

const text = { key: Serdes.string(), value: Serdes.string() };

test('windows that closed are looked for once per interval of wall-clock time', () => {
  const builder = new StreamsBuilder();
  builder
    .stream('in', text)
    .groupByKey()
    .windowedBy(TimeWindows.ofSizeWithNoGrace(10))
    .emitStrategy('on-window-close')
    .count({ name: 'counts' })
    .toStream(({ key, window }) => `${key}${window.start}`)
    .to('out', { key: text.key, value: Serdes.long() });
  const driver = new TopologyTestDriver(builder.build(), { initialWallClockTime: 0, emitIntervalMs: 1000 });
  const input = driver.createInputTopic('in', text.key, text.value);
  const output = driver.createOutputTopic('out', text.key, Serdes.long());
  input.pipeInput('a', 'x', { timestamp: 1 });
  input.pipeInput('a', 'x', { timestamp: 11 });
  expect(output.readKeyValues()).toEqual([]);
  driver.advanceWallClockTime(1000);
  input.pipeInput('a', 'x', { timestamp: 12 });
  expect(output.readKeyValues()).toEqual([['a0', 1]]);
  input.pipeInput('a', 'x', { timestamp: 20 });
  expect(output.readKeyValues()).toEqual([]);
  driver.close();
});
