import type { ErrorHandlingOptions } from '../handlers/error-handlers.ts';
import { resolveErrorPolicy } from '../handlers/error-policy.ts';
import { TaskErrors } from '../handlers/task-errors.ts';
import type { DropReason } from '../processor.ts';
import type { LogRecord } from '../record.ts';
import { type StreamsLogger, silentLogger } from '../streams-logger.ts';
import { GLOBAL_TASK, type GlobalStores } from './global-stores.ts';

/** What becomes of records that cannot be read; the options of a task. */
export interface GlobalUpdatesOptions {
  /** Default: every error fails. */
  readonly errorHandling?: ErrorHandlingOptions;
  readonly logger?: StreamsLogger;
  readonly onDropped: (reason: DropReason) => void;
  readonly onFailed?: (cause: DropReason) => void;
}

/**
 * Applies what arrives in the topics of global tables while the application runs. Each record is read first,
 * and a handler is asked about one that cannot be (Kafka Streams: `GlobalStateUpdateTask`).
 */
export class GlobalUpdates {
  readonly #globals: GlobalStores;
  readonly #errors: TaskErrors;
  readonly #dropped: (reason: DropReason) => void;

  constructor(globals: GlobalStores, options: GlobalUpdatesOptions) {
    const { errorHandling = {}, logger = silentLogger, onDropped, onFailed } = options;
    this.#globals = globals;
    this.#dropped = onDropped;
    this.#errors = new TaskErrors({
      taskId: GLOBAL_TASK,
      policy: resolveErrorPolicy(errorHandling),
      logger,
      // No task, no producer: Kafka Streams cannot write them either.
      write: ({ topic }) => logger.warn('no dead letter is written for a global table', { topic }),
      dropped: onDropped,
      failed: (cause) => onFailed?.(cause),
    });
  }

  /** Throws `ProcessingError` naming the record when the handler will not go on. */
  apply(record: LogRecord): void {
    const plan = this.#globals.sources.get(record.topic);
    if (plan === undefined) return;
    const { builder, source } = plan;
    let key: unknown;
    let value: unknown;
    try {
      key = record.key === null ? null : builder.key.deserialize(record.key);
      value = record.value === null ? null : builder.value.deserialize(record.value);
    } catch (error) {
      this.#errors.deserialization(source, record, error);
      return;
    }
    if ((key ?? null) === null) this.#dropped('null-key');
    else this.#globals.update((value ?? null) === null ? { ...record, value: null } : record);
  }
}
