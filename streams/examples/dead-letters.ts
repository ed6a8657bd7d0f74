import { deadLetter, Serdes, StreamsBuilder } from '@millstream/streams';
import { TopologyTestDriver } from '@millstream/streams/testing';

const text = Serdes.string();
const builder = new StreamsBuilder();

builder
  .stream('amounts', { key: text, value: Serdes.json<{ cents: number }>() })
  .mapValues(({ cents }) => {
    if (cents < 0) throw new Error(`An amount of ${cents} cents.`);
    return cents / 100;
  })
  .to('euros', { value: Serdes.double() });

const driver = new TopologyTestDriver(builder.build(), {
  deadLetterTopic: 'amounts-dead',
  deserializationExceptionHandler: deadLetter(),
  processingExceptionHandler: deadLetter(),
});
const amounts = driver.createInputTopic('amounts', text, text);
amounts.pipeInput('a', '{"cents": 250}');
amounts.pipeInput('b', '{"cents": ');
amounts.pipeInput('c', '{"cents": -1}');

console.log(
  'euros:',
  JSON.stringify(driver.createOutputTopic('euros', text, Serdes.double()).readKeyValues()),
);
for (const { key, value, headers } of driver.createOutputTopic('amounts-dead', text, text).readRecords()) {
  const cause = headers.find((header) => header.key === '__streams.errors.message')?.value;
  console.log(`dead: ${key} ${value}: ${Buffer.from(cause ?? []).toString()}`);
}
driver.close();
