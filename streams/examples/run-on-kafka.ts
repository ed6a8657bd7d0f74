import { jsonLogger, KafkaStreams, Serdes, StreamsBuilder, serveStores } from '@millstream/streams';

const text = Serdes.string();
const builder = new StreamsBuilder();

builder
  .stream('orders', { key: text, value: Serdes.json<{ customer: string; total: number }>() })
  .map((_id, { customer, total }) => [customer, total])
  .groupByKey({ name: 'by-customer', key: text, value: Serdes.double() })
  .reduce((sum, total) => sum + total, { name: 'spent', value: Serdes.double() })
  .toStream()
  .to('spent-per-customer');

const port = Number(process.env.PORT ?? 8080);
const streams = new KafkaStreams(builder.build(), {
  applicationId: 'spending',
  bootstrapServers: (process.env.BOOTSTRAP_SERVERS ?? '127.0.0.1:9092').split(','),
  processingGuarantee: 'exactly_once_v2',
  stateDir: process.env.STATE_DIR ?? './state',
  server: { host: '127.0.0.1', port },
  logger: jsonLogger(process.stderr, 'info'),
});

// From now on it answers /health and /metrics, and queries as soon as it runs.
const queries = await serveStores(streams, { port });

streams.onError(async () => {
  process.exitCode = 1;
  await queries.close();
});
process.once('SIGTERM', async () => {
  await queries.close();
  await streams.close();
});

await streams.start();
if (streams.state === 'RUNNING') console.log(`ready: ${queries.url}/stores/spent/<customer>`);
