import { CorruptedStateError } from '../disk/corrupted-state-error.ts';
import { GLOBAL_TASK, type GlobalStores } from '../internals/global-stores.ts';
import { GlobalUpdates } from '../internals/global-updates.ts';
import type { ChangelogRecord } from '../internals/stream-task.ts';
import type { LogRecord } from '../record.ts';
import type { Isolation } from './fetch-records.ts';
import type { KafkaConnection } from './kafka-connection.ts';
import type { ResolvedConfig } from './kafka-streams-config.ts';
import { readToEnd } from './restore.ts';
import { SourceFetcher } from './source-fetcher.ts';
import type { StreamsMetrics } from './streams-metrics.ts';

/**
 * Loads all global tables to their ends, then keeps following them. Loading copies records unread, as Kafka
 * Streams restores them; about what arrives later a handler is asked when it cannot be read.
 */
export class GlobalReader {
  readonly #connection: KafkaConnection;
  readonly #globals: GlobalStores;
  readonly #isolation: Isolation;
  readonly #fetcher: SourceFetcher;

  constructor(
    connection: KafkaConnection,
    globals: GlobalStores,
    { errorHandling, isolationLevel, logger }: ResolvedConfig,
    metrics: StreamsMetrics,
    onError: (error: unknown) => void,
  ) {
    this.#connection = connection;
    this.#globals = globals;
    this.#isolation = isolationLevel;
    const updates = new GlobalUpdates(globals, {
      errorHandling,
      logger,
      onDropped: (reason) => metrics.task(GLOBAL_TASK).dropped(reason),
      onFailed: (cause) => metrics.task(GLOBAL_TASK).failed(cause),
    });
    this.#fetcher = new SourceFetcher(connection, {
      isolation: isolationLevel,
      maxWaitMs: 500,
      wants: () => true,
      onRecords: (_place, records: readonly LogRecord[]) => {
        for (const record of records) updates.apply({ ...record, ...ownBytes(record) });
      },
      onReset: () => undefined,
      onError,
    });
  }

  async load(signal: AbortSignal): Promise<void> {
    for (const topic of this.#globals.topics) {
      for (let partition = 0; partition < this.#connection.partitionCount(topic); partition += 1) {
        this.#fetcher.assign({ topic, partition }, await this.#readToEnd(topic, partition, signal));
      }
    }
    this.#fetcher.wake();
  }

  /** A topic that loses its oldest records meanwhile is read again from where it begins then. */
  async #readToEnd(topic: string, partition: number, signal: AbortSignal): Promise<number> {
    const place = { topic, partition };
    const apply = (records: readonly ChangelogRecord[]): void => {
      for (const record of records) this.#globals.update({ ...record, topic });
    };
    for (;;) {
      try {
        return await readToEnd(this.#connection, place, { isolation: this.#isolation, signal, apply });
      } catch (error) {
        if (!(error instanceof CorruptedStateError)) throw error;
        signal.throwIfAborted();
      }
    }
  }

  close(): void {
    this.#fetcher.close();
  }
}

/** Copies, so that a value does not hold on to the whole fetched buffer. */
function ownBytes({ key, value }: LogRecord): { key: Uint8Array | null; value: Uint8Array | null } {
  return {
    key: key === null ? null : Buffer.from(key),
    value: value === null ? null : Buffer.from(value),
  };
}
