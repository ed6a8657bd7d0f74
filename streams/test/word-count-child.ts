import { InvalidStateStoreError } from '../src/errors.ts';
import { KafkaStreams } from '../src/kafka/kafka-streams.ts';
import type { ProcessingGuarantee } from '../src/kafka/kafka-streams-config.ts';
import { wordCountTopology } from './word-count-topology.ts';

/** What the parent gives a child. */
export interface ChildConfig {
  readonly bootstrapServers: readonly string[];
  readonly applicationId: string;
  readonly prefix: string;
  readonly processingGuarantee: ProcessingGuarantee;
  readonly sessionTimeoutMs: number;
  readonly instanceId?: string;
  readonly stateDir?: string;
  readonly numStandbyReplicas?: number;
}

const config: ChildConfig = JSON.parse(process.argv[2] ?? '{}');
const streams = new KafkaStreams(wordCountTopology(config.prefix), {
  ...config,
  heartbeatIntervalMs: 300,
  commitIntervalMs: 100,
});

const tell = (message: object): void => {
  process.send?.(message);
};

streams.onStateChange((state) => tell({ type: 'state', state, tasks: streams.taskIds }));
streams.onError((error) => {
  tell({ type: 'error', error: String(error) });
  process.exit(1);
});
process.on('message', (message: { type: string }) => {
  if (message.type === 'store') {
    tell({ type: 'store', entries: localCounts() });
  } else if (message.type === 'metrics') {
    tell({ type: 'metrics', metrics: streams.metrics(), tasks: streams.taskIds });
  } else if (message.type === 'close') {
    void streams.close().then(() => process.exit(0));
  }
});
process.on('disconnect', () => process.exit(0));
/** Empty while no part of the store is here. */
function localCounts(): [string, number][] {
  try {
    return [...streams.store<string, number>('counts').all()];
  } catch (error) {
    if (error instanceof InvalidStateStoreError) return [];
    throw error;
  }
}

await streams.start();
