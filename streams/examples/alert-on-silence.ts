import {
  type KeyValueStore,
  type ProcessorSupplier,
  Serdes,
  Stores,
  StreamsBuilder,
} from '@millstream/streams';
import { TopologyTestDriver } from '@millstream/streams/testing';

const SILENCE_MS = 60_000;
const text = Serdes.string();

const watch: ProcessorSupplier<string, string, string, string> = () => {
  let lastSeen: KeyValueStore<string, number>;
  return {
    init(context) {
      lastSeen = context.getStateStore('last-seen');
      context.schedule(10_000, 'wall-clock-time', (now) => {
        for (const [sensor, at] of lastSeen.all()) {
          if (now - at < SILENCE_MS) continue;
          lastSeen.delete(sensor);
          context.forward({ key: sensor, value: 'silent', timestamp: now, headers: [] });
        }
      });
    },
    process: ({ key, timestamp }) => lastSeen.put(key, timestamp),
  };
};

const builder = new StreamsBuilder();
builder.addStateStore(Stores.keyValueStore('last-seen', { key: text, value: Serdes.long() }));
builder
  .stream('readings', { key: text, value: text })
  .process(watch, { name: 'watch', stores: ['last-seen'], key: text, value: text })
  .to('alerts');

const driver = new TopologyTestDriver(builder.build(), { initialWallClockTime: 0 });
const readings = driver.createInputTopic('readings', text, text);
readings.pipeInput('boiler', '71');
readings.pipeInput('door', 'open');
driver.advanceWallClockTime(30_000);
readings.pipeInput('door', 'closed');
driver.advanceWallClockTime(40_000);

for (const { key, value, timestamp } of driver.createOutputTopic('alerts', text, text).readRecords()) {
  console.log(`${key} ${value} at ${timestamp / 1000} s`);
}
driver.close();
