import { type HttpReply, HttpService } from '../src/http/http-service.ts';
import { queryKey } from '../src/http/query-key.ts';
import { addStoreRoutes } from '../src/http/store-routes.ts';
import { waitFor } from '../src/http/wait-for.ts';
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

const http = new HttpService({ port: config.port, ready: () => streams.state === 'RUNNING' });
addStoreRoutes(http, streams);
http
  .route('GET', '/counts/{word}', async ({ params, signal }) =>
    reply(await queryKey<number>(streams, 'counts', params.word, { signal })),
  )
  .route('GET', '/counts/{word}/from/{least}', async ({ params, signal }) =>
    reply(
      await waitFor<number>(streams, {
        store: 'counts',
        key: params.word,
        predicate: (count) => count !== null && count >= Number(params.least),
        timeoutMs: 30_000,
        signal,
      }),
    ),
  );
await http.listen();
await streams.start();

function reply(value: number | null): HttpReply {
  return value === null ? { status: 404 } : { body: { value } };
}
