import { createRequire } from 'node:module';

// The stateless map on nodefluent's kafka-streams, with its native client; prints what run-app.ts waits for.
// Arguments: folder it is installed in, case, bootstrap, application id, records, input, table, output.
const [folder, , bootstrap, applicationId, records, input, , output] = process.argv.slice(2);
const { KafkaStreams } = createRequire(`${folder}/package.json`)('kafka-streams');
const expected = Number(records);
let seen = 0;

function nothing() {
  return undefined;
}

const streams = new KafkaStreams({
  noptions: {
    'metadata.broker.list': bootstrap,
    'group.id': applicationId,
    'client.id': applicationId,
    'enable.auto.commit': true,
    'api.version.request': true,
    // It has no back-pressure: with the usual queue it loses what does not fit.
    'queue.buffering.max.messages': 10_000_000,
    'queue.buffering.max.kbytes': 2_000_000,
  },
  tconf: { 'auto.offset.reset': 'earliest', 'request.required.acks': -1 },
  logger: { debug: nothing, info: nothing, warn: console.error, error: console.error },
});

const stream = streams.getKStream(input);
stream
  .map(({ key, value }) => {
    seen += 1;
    if (seen === 1) console.log('first');
    if (seen === expected) console.log('done');
    return { key: key.toString('utf8'), value: `${value.toString('utf8')}!` };
  })
  .to(output, 4, 'send');

stream.start().catch((error) => {
  console.error('error', error);
  process.exit(1);
});
process.once('SIGTERM', () => {
  console.log('closed');
  process.exit(0);
});
