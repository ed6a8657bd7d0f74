import { expect, test } from 'vitest';
import { TopologyTestDriver } from '../../testing/topology-test-driver.ts';
import type { KStream } from '../dsl.ts';
import type { Processor, ProcessorContext } from '../processor.ts';
import { Serdes } from '../serdes.ts';
import { StreamsBuilder } from '../streams-builder.ts';

const text = { key: Serdes.string(), value: Serdes.string() };

function drive(build: (stream: KStream<string, string>) => void): TopologyTestDriver {
  const builder = new StreamsBuilder();
  build(builder.stream('in', text));
  return new TopologyTestDriver(builder.build(), { initialWallClockTime: 0 });
}

function pipe(driver: TopologyTestDriver): void {
  driver.createInputTopic('in', text.key, text.value).pipeInput('k', 'v');
}

const fails = async (): Promise<void> => {
  throw new Error('nobody hears this');
};

function withProcessor(processor: Processor<string, string, string, string>): TopologyTestDriver {
  return drive((stream) => stream.process(() => processor, { name: 'step', ...text }));
}

test('a step that returns a promise is refused, and its failure is not left alone', () => {
  const sentence = 'Step "step" of task 0_0 failed at in-0 offset 0: it returned a promise';
  expect(() => pipe(withProcessor({ process: fails }))).toThrow(sentence);
  const scheduling = {
    init: (context: ProcessorContext) => void context.schedule(10, 'wall-clock-time', fails),
    process: () => undefined,
  };
  const driver = withProcessor(scheduling);
  expect(() => driver.advanceWallClockTime(10)).toThrow('it returned a promise');
  expect(() => withProcessor({ init: fails, process: () => undefined })).toThrow('it returned a promise');
});

test('a promise as value is not written as an empty object', () => {
  const driver = drive((stream) => {
    const later = stream.mapValues(async (value) => value);
    later.to('out', { value: Serdes.json<Promise<string>>() });
  });
  expect(() => pipe(driver)).toThrow('cannot write a promise');
});

test('peek passes the record on at once, and its promise is awaited like that of foreach', async () => {
  const driver = drive((stream) => stream.peek(fails).to('out'));
  pipe(driver);
  expect(driver.createOutputTopic('out', text.key, text.value).readKeyValues()).toEqual([['k', 'v']]);
});

test('a step that fails to close is named, and the others and the stores are closed', () => {
  const closed: string[] = [];
  const driver = drive((stream) => {
    const closing = (name: string, close: () => void): void => {
      stream.process(() => ({ process: () => undefined, close }), { name, ...text });
    };
    closing('one', () => {
      throw new Error('no');
    });
    closing('two', () => closed.push('two'));
  });
  expect(() => driver.close()).toThrow('Step "one" of task 0_0 failed: no');
  expect(closed).toEqual(['two']);
});
