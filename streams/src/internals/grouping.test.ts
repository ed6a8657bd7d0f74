import { expect, test } from 'vitest';
import { TopologyTestDriver } from '../../testing/topology-test-driver.ts';
import { Serdes } from '../serdes.ts';
import { StreamsBuilder } from '../streams-builder.ts';

const text = { key: Serdes.string(), value: Serdes.string() };

function repartitionTopics(name?: string): string[] {
  const builder = new StreamsBuilder();
  const grouped = builder
    .stream('in', text)
    .groupBy((_key, value) => value, { ...text, ...(name === undefined ? {} : { name }) });
  grouped.count({ name: 'one' });
  grouped.count({ name: 'two' });
  const driver = new TopologyTestDriver(builder.build(), { applicationId: 'app' });
  driver.createInputTopic('in', text.key, text.value).pipeInput('a', 'x');
  return driver.producedTopicNames.filter((topic) => topic.endsWith('-repartition')).sort();
}

test('aggregations of a named grouping share its repartition topic', () => {
  expect(repartitionTopics('by-value')).toEqual(['app-by-value-repartition']);
});

test('without a name each aggregation has one, called like its store', () => {
  expect(repartitionTopics()).toEqual(['app-one-repartition', 'app-two-repartition']);
});
