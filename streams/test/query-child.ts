import { serveStores } from '../src/http/store-routes.ts';
import { KafkaStreams } from '../src/kafka/kafka-streams.ts';
import { wordCountTopology } from './word-count-topology.ts';

/** What the parent gives a child. */
export interface QueryChildConfig {
  readonly bootstrapServers: readonly string[];
  readonly applicationId: string;
  readonly prefix: string;
  readonly port: number;
  readonly sessionTimeoutMs: number;
  readonly numStandbyReplicas: number;
}

const config: QueryChildConfig = JSON.parse(process.argv[2] ?? '{}');
const streams = new KafkaStreams(wordCountTopology(config.prefix), {
  ...config,
  server: { host: '127.0.0.1', port: config.port },
  heartbeatIntervalMs: 500,
  commitIntervalMs: 100,
});

process.on('disconnect', () => process.exit(0));
process.on('message', () => void streams.close().then(() => process.exit(0)));
await serveStores(streams, { port: config.port });
await streams.start();
