import { Serdes, StreamsBuilder } from '@millstream/streams';
import { TopologyTestDriver } from '@millstream/streams/testing';

const text = Serdes.string();
const builder = new StreamsBuilder();

builder
  .stream('lines', { key: text, value: text })
  .flatMapValues((line) => line.toLowerCase().split(/\W+/).filter(Boolean))
  .groupBy((_line, word) => word, { name: 'by-word', key: text, value: text })
  .count({ name: 'counts' })
  .toStream()
  .to('counts-per-word');

const driver = new TopologyTestDriver(builder.build());
const lines = driver.createInputTopic('lines', text, text);
lines.pipeInput('1', 'To be, or not');
lines.pipeInput('2', 'to be');

for (const [word, count] of driver
  .createOutputTopic('counts-per-word', text, Serdes.long())
  .readKeyValues()) {
  console.log(`${word}: ${count}`);
}
driver.close();
