import { expect, test } from 'vitest';
import { recordedAnswers, runScenario } from '../../test/table-scenario.ts';
import { tableTransformScenarios } from '../../test/table-transform-scenarios.ts';
import { TopologyTestDriver } from '../../testing/topology-test-driver.ts';
import { Serdes } from '../serdes.ts';
import { StreamsBuilder } from '../streams-builder.ts';

test.each(tableTransformScenarios)(
  'transformed tables as recorded from Kafka Streams 4.3.1: $name',
  (scenario) => {
    expect(runScenario(scenario)).toEqual(recordedAnswers('table-transforms-4.3.1.txt', scenario.name));
  },
);

test('a value transformer cannot forward, and is closed with its task', () => {
  const text = { key: Serdes.string(), value: Serdes.string() };
  const builder = new StreamsBuilder();
  const closed: string[] = [];
  builder.table('t', text).transformValues(() => {
    let forward: () => void = () => undefined;
    return {
      init(context) {
        const send = context.forward as (record: object) => void;
        forward = () => send({});
      },
      transform(_key, value) {
        forward();
        return value;
      },
      close: () => closed.push('once'),
    };
  });
  const driver = new TopologyTestDriver(builder.build());
  const input = driver.createInputTopic('t', text.key, text.value);
  expect(() => input.pipeInput('a', 'x')).toThrow('it cannot forward records');
  driver.close();
  expect(closed).toEqual(['once']);
});
