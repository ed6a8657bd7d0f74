import { appendFileSync } from 'node:fs';
import { InvalidStateStoreError } from '../src/errors.ts';
import { KafkaStreams } from '../src/kafka/kafka-streams.ts';
import type { ProcessingGuarantee, StreamsLogger } from '../src/kafka/kafka-streams-config.ts';
import { COUNTS_STORE, chaosTopology } from './topology.ts';

/** What an instance is started with. */
export interface ChildSettings {
  readonly applicationId: string;
  readonly bootstrapServers: readonly string[];
  readonly processingGuarantee: ProcessingGuarantee;
  readonly sessionTimeoutMs: number;
  /** Static membership; left out for a dynamic member. */
  readonly instanceId?: string;
  readonly logFile: string;
}

/** What an instance tells. */
export type ChildMessage =
  | { readonly type: 'status'; readonly state: string; readonly processed: number; readonly tasks: number }
  | { readonly type: 'error'; readonly error: string }
  | { readonly type: 'store'; readonly entries: readonly (readonly [string, number])[] };

const STATUS_INTERVAL_MS = 200;
const settings: ChildSettings = JSON.parse(process.argv[2] ?? '{}');
const { logFile, ...config } = settings;

const tell = (message: ChildMessage): void => {
  if (process.connected) process.send?.(message);
};

const write = (level: string, message: string, fields: object | undefined): void => {
  const line = { at: new Date().toISOString(), pid: process.pid, level, message, ...fields };
  appendFileSync(logFile, `${JSON.stringify(line)}\n`);
};

const logger: StreamsLogger = {
  debug: (message, fields) => write('debug', message, fields),
  info: (message, fields) => write('info', message, fields),
  warn: (message, fields) => write('warn', message, fields),
  error: (message, fields) => write('error', message, fields),
};

const streams = new KafkaStreams(chaosTopology(), {
  ...config,
  heartbeatIntervalMs: 500,
  commitIntervalMs: 100,
  repartitionPurgeIntervalMs: 5_000,
  rebalanceTimeoutMs: 10_000,
  logger,
});

const tellStatus = (): void => {
  const { recordsProcessed, tasks } = streams.metrics();
  tell({ type: 'status', state: streams.state, processed: recordsProcessed, tasks });
};

streams.onStateChange(tellStatus);
streams.onError((error) => {
  tell({ type: 'error', error: String(error) });
  process.exitCode = 1;
  process.disconnect();
});
process.on('message', (message: { readonly type: string }) => {
  if (message.type === 'store') tell({ type: 'store', entries: localCounts() });
  if (message.type === 'close') void streams.close().then(() => process.exit(0));
});
process.on('disconnect', () => process.exit());
setInterval(tellStatus, STATUS_INTERVAL_MS);

/** Empty while no part of the store is here. */
function localCounts(): (readonly [string, number])[] {
  try {
    return [...streams.store<string, number>(COUNTS_STORE).all()];
  } catch (error) {
    if (error instanceof InvalidStateStoreError) return [];
    throw error;
  }
}

await streams.start();
