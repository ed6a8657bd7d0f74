/** `packages/runtime/src/run-service.ts` of a generated project. */
export const runServiceSource = `import {
  addStoreRoutes,
  createProducer,
  type ErrorHandlingOptions,
  HttpService,
  KafkaStreams,
  type KafkaStreamsConfig,
  type StreamProducer,
  type StreamsLogger,
  type Topology,
} from '@millstream/streams';
import { readConfig, type ServiceConfig } from './config.js';

interface ServiceIdentity {
  readonly name: string;
  /** The consumer group, and the prefix of internal topics. */
  readonly applicationId: string;
  readonly defaultPort: number;
}

export interface StreamsService extends ServiceIdentity {
  readonly topology: Topology;
  readonly processingGuarantee: NonNullable<KafkaStreamsConfig['processingGuarantee']>;
  /** Said where the input is written in transactions; exactly once needs not say it. */
  readonly isolationLevel?: NonNullable<KafkaStreamsConfig['isolationLevel']>;
  /** Without it, the service stops at the first record that it cannot read or process. */
  readonly errorHandling?: ErrorHandlingOptions;
  readonly addRoutes?: (http: HttpService, parts: { streams: KafkaStreams; producer: StreamProducer }) => void;
}

export interface GatewayService extends ServiceIdentity {
  readonly addRoutes: (http: HttpService, parts: { producer: StreamProducer }) => void;
}

/** More often than Kafka Streams' 30 seconds, so that the lag others see is close to the truth. */
const commitIntervalMs = 1_000;

/** Runs a topology, and answers over HTTP, until SIGTERM or SIGINT. */
export async function runService(service: StreamsService): Promise<void> {
  await run(service, async (config, onStop) => {
    const { applicationId, processingGuarantee, isolationLevel, errorHandling } = service;
    const { bootstrapServers, instanceId, host, port, serverHost } = config;
    const http = new HttpService({ host, port, ready: () => streams.state === 'RUNNING' });
    // First, for the others must be told a port that this instance really has.
    const address = await http.listen();
    const producer = createProducer({ bootstrapServers, clientId: applicationId });
    const streams: KafkaStreams = new KafkaStreams(service.topology, {
      applicationId,
      bootstrapServers,
      processingGuarantee,
      ...(processingGuarantee === 'at_least_once' ? { commitIntervalMs } : {}),
      server: { host: serverHost, port: address.port },
      logger: consoleLogger,
      ...errorHandling,
      ...(isolationLevel === undefined ? {} : { isolationLevel }),
      ...(instanceId === undefined ? {} : { instanceId }),
    });
    addStoreRoutes(http, streams);
    service.addRoutes?.(http, { streams, producer });
    onStop(() => http.close(), () => streams.close(), () => producer.close());
    streams.onError((error) => void stopWith(1, sentenceOf(error)));

    await streams.start();
    return address.url;
  });
}

/** Runs a service that only takes requests, until SIGTERM or SIGINT. */
export async function runGateway(service: GatewayService): Promise<void> {
  await run(service, async ({ bootstrapServers, host, port }, onStop) => {
    const producer = createProducer({ bootstrapServers, clientId: service.applicationId });
    const http = new HttpService({ host, port });
    http.route('GET', '/health', () => ({ body: { state: 'RUNNING' } }), { alwaysOpen: true });
    service.addRoutes(http, { producer });
    onStop(() => http.close(), () => producer.close());
    return (await http.listen()).url;
  });
}

type Stop = () => Promise<void>;

let stops: readonly Stop[] = [];
let stopping: Promise<never> | null = null;

async function run(
  service: ServiceIdentity,
  start: (config: ServiceConfig, onStop: (...all: readonly Stop[]) => void) => Promise<string>,
): Promise<void> {
  process.on('SIGTERM', () => void stopWith(0));
  process.on('SIGINT', () => void stopWith(0));
  try {
    const url = await start(readConfig(service.defaultPort), (...all) => {
      stops = all;
    });
    console.log(\`\${service.name} runs at \${url}\`);
  } catch (error) {
    await stopWith(1, sentenceOf(error));
  }
}

/** Closes everything in order, once, and ends the process. */
function stopWith(exitCode: number, reason?: string): Promise<never> {
  stopping ??= (async () => {
    if (reason !== undefined) console.error(reason);
    for (const stop of stops) await stop().catch((error: unknown) => console.error(sentenceOf(error)));
    process.exit(exitCode);
  })();
  return stopping;
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const consoleLogger: StreamsLogger = {
  debug: () => {},
  info: (message, fields) => console.log(message, fields ?? ''),
  warn: (message, fields) => console.warn(message, fields ?? ''),
  error: (message, fields) => console.error(message, fields ?? ''),
};
`;
