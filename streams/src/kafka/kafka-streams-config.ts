import { hostname } from 'node:os';
import { StreamsConfigError } from '../errors.ts';
import type { ErrorHandlingOptions } from '../handlers/error-handlers.ts';
import { resolveErrorPolicy } from '../handlers/error-policy.ts';
import { type StreamsLogger, silentLogger } from '../streams-logger.ts';
import { type Compression, compressionId, isSupported } from './compression.ts';
import { assertIdentity } from './identity-settings.ts';
import { assertSecurity, type SaslOptions, type SslOptions } from './security-options.ts';

export type { StreamsLogger };

/** What a crash may do: repeat results, or not. */
export type ProcessingGuarantee = 'at_least_once' | 'exactly_once_v2';

/** What a reader sees of transactions; the names are Kafka's. */
export type IsolationLevel = 'read_uncommitted' | 'read_committed';

/** Configuration of `KafkaStreams`. Defaults are Kafka Streams' unless said otherwise. Times in ms. */
export interface KafkaStreamsConfig extends ErrorHandlingOptions {
  /** Consumer group, and prefix of internal topics. */
  readonly applicationId: string;
  /** `host:port` of some brokers. */
  readonly bootstrapServers: readonly string[];
  /** Default `at_least_once`. `exactly_once_v2` needs brokers of Kafka 3.0 or later. */
  readonly processingGuarantee?: ProcessingGuarantee;
  /**
   * Which records of other producers' transactions are read. `read_committed` waits for the end of a
   * transaction and skips aborted ones; it is the default, and the only choice, with exactly once.
   * Default with at least once: `read_uncommitted`, as in Kafka Streams.
   */
  readonly isolationLevel?: IsolationLevel;
  readonly clientId?: string;
  /** `group.instance.id`: after a restart under the same id this instance gets its tasks back at once. */
  readonly instanceId?: string;
  /** Default 30000; 100 with exactly once. */
  readonly commitIntervalMs?: number;
  /**
   * How long a task with an empty, caught-up input waits for it before it processes the others.
   * 0 (default): not at all, but inputs with data still to be fetched are waited for. -1: never wait.
   */
  readonly maxTaskIdleMs?: number;
  /** Default 1000. Fetching from a partition pauses above it. */
  readonly bufferedRecordsPerPartition?: number;
  /** Default 45000. */
  readonly sessionTimeoutMs?: number;
  /** Default 3000. */
  readonly heartbeatIntervalMs?: number;
  /** How long the others wait for this member in a rebalance. Default 60000. */
  readonly rebalanceTimeoutMs?: number;
  /** Default 10000; the transactions of a crashed instance block readers at most this long. */
  readonly transactionTimeoutMs?: number;
  /**
   * Keeps stores on disk, in `<stateDir>/<applicationId>/<task id>`: a restart reads only the rest of
   * their changelogs. Each instance needs a directory of its own. Default: stores are in memory.
   */
  readonly stateDir?: string;
  /** How many other instances follow each task's stores, to take over fast. Default 0. */
  readonly numStandbyReplicas?: number;
  /** Directories of tasks that went elsewhere are removed after this long. Default 600000. */
  readonly stateCleanupDelayMs?: number;
  /** Of what is produced, as `compression.type` of Kafka's producer: default `none`. zstd needs Node 22.15. */
  readonly compression?: Compression;
  /** How often consumed records of repartition topics are deleted. Default 30000. */
  readonly repartitionPurgeIntervalMs?: number;
  /** How long a broker holds a fetch without data. Default 100. */
  readonly fetchMaxWaitMs?: number;
  /** Of internal topics; -1 (default): the broker's own default. */
  readonly replicationFactor?: number;
  /**
   * Where this instance answers interactive queries; other instances learn it from the group. A host that
   * means all addresses is told as the machine's name.
   */
  readonly server?: { readonly host: string; readonly port: number };
  readonly logger?: StreamsLogger;
  /** TLS towards the brokers: `true`, or `{ ca: [readFileSync('ca.pem')] }`. Default: none. */
  readonly ssl?: SslOptions;
  /** The login: `{ mechanism: 'scram-sha-512', username: 'spending', password }`. Default: none. */
  readonly sasl?: SaslOptions;
}

/** The configuration with its defaults. */
export interface ResolvedConfig
  extends Required<
    Omit<
      KafkaStreamsConfig,
      'instanceId' | 'server' | 'stateDir' | 'ssl' | 'sasl' | keyof ErrorHandlingOptions
    >
  > {
  readonly errorHandling: ErrorHandlingOptions;
  readonly instanceId: string | null;
  readonly stateDir: string | null;
  readonly endpoint: string | null;
  readonly ssl: SslOptions | undefined;
  readonly sasl: SaslOptions | undefined;
}

/** Fills in defaults. Throws `StreamsConfigError` naming the first wrong setting. */
export function resolveConfig(config: KafkaStreamsConfig): ResolvedConfig {
  assertIdentity(config);
  const exactlyOnce = config.processingGuarantee === 'exactly_once_v2';
  const resolved: ResolvedConfig = {
    applicationId: config.applicationId,
    bootstrapServers: config.bootstrapServers,
    processingGuarantee: config.processingGuarantee ?? 'at_least_once',
    isolationLevel: config.isolationLevel ?? (exactlyOnce ? 'read_committed' : 'read_uncommitted'),
    clientId: config.clientId ?? config.applicationId,
    instanceId: config.instanceId ?? null,
    commitIntervalMs: config.commitIntervalMs ?? (exactlyOnce ? 100 : 30_000),
    maxTaskIdleMs: config.maxTaskIdleMs ?? 0,
    bufferedRecordsPerPartition: config.bufferedRecordsPerPartition ?? 1000,
    sessionTimeoutMs: config.sessionTimeoutMs ?? 45_000,
    heartbeatIntervalMs: config.heartbeatIntervalMs ?? 3_000,
    rebalanceTimeoutMs: config.rebalanceTimeoutMs ?? 60_000,
    transactionTimeoutMs: config.transactionTimeoutMs ?? 10_000,
    compression: config.compression ?? 'none',
    repartitionPurgeIntervalMs: config.repartitionPurgeIntervalMs ?? 30_000,
    fetchMaxWaitMs: config.fetchMaxWaitMs ?? 100,
    stateDir: config.stateDir ?? null,
    numStandbyReplicas: config.numStandbyReplicas ?? 0,
    stateCleanupDelayMs: config.stateCleanupDelayMs ?? 600_000,
    replicationFactor: config.replicationFactor ?? -1,
    errorHandling: config,
    endpoint: config.server === undefined ? null : endpointOf(config.server),
    logger: config.logger ?? silentLogger,
    ssl: config.ssl,
    sasl: config.sasl,
  };
  assertConfig(resolved);
  return resolved;
}

/** Who listens on all addresses is reached by the machine's name. */
function endpointOf({ host, port }: { readonly host: string; readonly port: number }): string {
  const reached = host === '0.0.0.0' || host === '::' || host === '' ? hostname() : host;
  return `${reached.includes(':') ? `[${reached}]` : reached}:${port}`;
}

function assertConfig(config: ResolvedConfig): void {
  resolveErrorPolicy(config.errorHandling);
  assertSecurity(config);
  const fail = (text: string): never => {
    throw new StreamsConfigError(text);
  };
  if (!['at_least_once', 'exactly_once_v2'].includes(config.processingGuarantee)) {
    fail(`processingGuarantee "${config.processingGuarantee}" is not at_least_once or exactly_once_v2.`);
  }
  if (!['read_uncommitted', 'read_committed'].includes(config.isolationLevel)) {
    fail(`isolationLevel "${config.isolationLevel}" is not read_uncommitted or read_committed.`);
  }
  if (config.processingGuarantee === 'exactly_once_v2' && config.isolationLevel !== 'read_committed') {
    fail('exactly_once_v2 reads committed records only: leave isolationLevel out, or say read_committed.');
  }
  if (compressionId(config.compression) < 0) {
    fail(`compression "${config.compression}" is not none, gzip, snappy, lz4 or zstd.`);
  }
  if (!isSupported(config.compression)) fail('compression zstd needs Node 22.15; choose another one.');
  const positive = [
    'commitIntervalMs',
    'bufferedRecordsPerPartition',
    'sessionTimeoutMs',
    'heartbeatIntervalMs',
    'rebalanceTimeoutMs',
    'transactionTimeoutMs',
    'fetchMaxWaitMs',
    'repartitionPurgeIntervalMs',
    'stateCleanupDelayMs',
  ] as const;
  for (const name of positive) {
    if (isBelow(config[name], 1)) fail(`${name} must be a whole number of at least 1, not ${config[name]}.`);
  }
  if (isBelow(config.numStandbyReplicas, 0))
    fail(`numStandbyReplicas must be 0 or more, not ${config.numStandbyReplicas}.`);
  if (isBelow(config.maxTaskIdleMs, -1))
    fail(`maxTaskIdleMs must be -1 or more, not ${config.maxTaskIdleMs}.`);
  if (
    config.processingGuarantee === 'exactly_once_v2' &&
    config.commitIntervalMs > config.transactionTimeoutMs
  ) {
    fail('commitIntervalMs must not exceed transactionTimeoutMs with exactly once.');
  }
  if (config.heartbeatIntervalMs * 2 > config.sessionTimeoutMs) {
    fail('heartbeatIntervalMs must be at most half of sessionTimeoutMs.');
  }
}

function isBelow(value: number, minimum: number): boolean {
  return !Number.isSafeInteger(value) || value < minimum;
}
