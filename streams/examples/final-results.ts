import { BufferConfig, Serdes, StreamsBuilder, Suppressed, TimeWindows } from '@millstream/streams';
import { TopologyTestDriver } from '@millstream/streams/testing';

const text = Serdes.string();
const builder = new StreamsBuilder();

builder
  .stream('clicks', { key: text, value: text })
  .groupByKey()
  .windowedBy(TimeWindows.ofSizeAndGrace(60_000, 10_000))
  .count({ name: 'clicks-per-minute' })
  .suppress(Suppressed.untilWindowCloses(BufferConfig.unbounded()), { name: 'until-closed' })
  .toStream(({ key, window }) => `${key} from ${window.start / 1000} s to ${window.end / 1000} s`)
  .to('final-clicks', { key: text });

const driver = new TopologyTestDriver(builder.build());
const clicks = driver.createInputTopic('clicks', text, text);
clicks.pipeInput('ada', '/', { timestamp: 1_000 });
clicks.pipeInput('ada', '/cart', { timestamp: 62_000 });
clicks.pipeInput('ada', '/about', { timestamp: 59_000 }); // late, within the grace period
clicks.pipeInput('bob', '/', { timestamp: 70_000 }); // the first minute and its grace period are over
clicks.pipeInput('ada', '/help', { timestamp: 3_000 }); // too late: dropped

for (const [window, count] of driver.createOutputTopic('final-clicks', text, Serdes.long()).readKeyValues()) {
  console.log(`${window}: ${count} clicks`);
}
console.log(`late: ${driver.droppedRecords('late')}`);
driver.close();
