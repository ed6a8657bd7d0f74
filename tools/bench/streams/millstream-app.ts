import { KafkaStreams, Serdes, StreamsBuilder, TimeWindows } from '@millstream/streams';

// One case on @millstream/streams; prints what ../run-app.ts waits for, as java/StreamsBench.java does.
// Arguments: case, bootstrap, application id, records, input, table, output.
const [name = '', bootstrap = '', applicationId = '', records = '0', input = '', table = '', output = ''] =
  process.argv.slice(2);

const expected = Number(records);
const exactlyOnce = name === 'exactly-once-count' || name === 'restore';
const text = Serdes.string();
let seen = 0;

const streams = new KafkaStreams(createTopology(), {
  applicationId,
  bootstrapServers: [bootstrap],
  processingGuarantee: exactlyOnce ? 'exactly_once_v2' : 'at_least_once',
});
streams.onError((error) => {
  console.error('error', error);
  process.exit(1);
});

const start = performance.now();
await streams.start();
if (name === 'restore') {
  console.log(`restored ${streams.metrics().recordsRestored} ${Math.round(performance.now() - start)}`);
  await end();
}

function createTopology() {
  const builder = new StreamsBuilder();
  const source = { key: text, value: text };
  switch (name) {
    case 'map':
      builder
        .stream(input, source)
        .peek(count)
        .map((key, value) => [key, `${value}!`])
        .to(output, source);
      break;
    case 'join':
      builder
        .stream(input, source)
        .join(builder.table(table, { ...source, store: 'rows' }), join, { name: 'joined' })
        .to(output, source);
      break;
    case 'windowed-count':
      builder
        .stream(input, source)
        .peek(count)
        .groupByKey()
        .windowedBy(TimeWindows.ofSizeWithNoGrace(60_000))
        .count({ name: 'counts' })
        .toStream()
        .map(({ key }, value) => [key, value])
        .to(output, { key: text, value: Serdes.long() });
      break;
    default:
      builder
        .stream(input, source)
        .peek(count)
        .groupByKey()
        .count({ name: 'counts' })
        .toStream()
        .to(output, { key: text, value: Serdes.long() });
  }
  return builder.build();
}

function join(value: string, row: string): string {
  count();
  return `${value.length}${row}`;
}

function count(): void {
  seen += 1;
  if (seen === 1) console.log('first');
  if (seen === expected) setImmediate(() => void end());
}

async function end(): Promise<void> {
  console.log('done');
  await streams.close();
  console.log('closed');
}
