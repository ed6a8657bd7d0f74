import type { KafkaStreams, KafkaStreamsState } from '../kafka/kafka-streams.ts';
import type { MetricsSnapshot } from '../kafka/metrics-snapshot.ts';

/** Which of how many threads this is. */
export interface ThreadPlace {
  /** From 0. */
  readonly index: number;
  readonly count: number;
}

/**
 * What the module of `startThreads` exports under the name `createStreams`: makes this thread's
 * instance, not started. All get the same topology and `applicationId`. What may be there only once
 * must differ by `index`: `instanceId`, `stateDir`, and the port of `server`.
 */
export type CreateStreams = (place: ThreadPlace) => KafkaStreams | Promise<KafkaStreams>;

/** What a thread is started with. */
export interface ThreadData extends ThreadPlace {
  readonly module: string;
}

export type ToThread = { readonly kind: 'close' } | { readonly kind: 'metrics'; readonly request: number };

export type FromThread =
  | { readonly kind: 'state'; readonly state: KafkaStreamsState }
  | { readonly kind: 'metrics'; readonly request: number; readonly metrics: MetricsSnapshot | null }
  | { readonly kind: 'error'; readonly name: string; readonly message: string };
