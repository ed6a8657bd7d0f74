import { type ErrorPlace, ProcessingError, TaskMigratedError } from '../errors.ts';
import { messageOf } from '../internals/record-queue.ts';
import type { DropReason } from '../processor.ts';
import type { Headers, LogRecord, StreamRecord } from '../record.ts';
import type { StreamsLogger } from '../streams-logger.ts';
import type { DeadLetter, ErrorHandler, ErrorHandlerContext, UnwrittenRecord } from './error-handlers.ts';
import type { ErrorPolicy } from './error-policy.ts';

/** What a task's errors lead to. */
export interface TaskErrorsOptions {
  readonly taskId: string;
  readonly policy: ErrorPolicy;
  readonly logger: StreamsLogger;
  readonly write: (record: DeadLetter) => void;
  readonly dropped: (reason: DropReason) => void;
  readonly failed: (cause: DropReason) => void;
}

/** The step that failed, with what it was working on. */
export interface FailedStep {
  readonly node: string;
  /** The record that was read; null in a punctuation. */
  readonly source: LogRecord | null;
  readonly timestamp: number;
  readonly headers: Headers;
}

type Cause = Extract<DropReason, `${string}-error`>;

/**
 * Asks the handlers. A method that returns means: drop what failed and go on. A method that throws ends
 * the instance; the error says where it happened.
 */
export class TaskErrors {
  readonly policy: ErrorPolicy;
  readonly #options: TaskErrorsOptions;
  /** What was decided already, on its way out through the steps above. */
  #final: unknown = null;

  constructor(options: TaskErrorsOptions) {
    this.#options = options;
    this.policy = options.policy;
  }

  /** A serde could not read `log`. */
  deserialization(node: string, log: LogRecord, error: unknown): void {
    const context = this.#context({ node, source: log, timestamp: log.timestamp, headers: log.headers });
    if (this.#continues('deserialization-error', this.policy.deserialization, context, log, error)) return;
    throw this.#fatal(
      `Cannot read the record at ${nameOf(log)}: ${messageOf(error)}`,
      error,
      this.#place(node, log),
    );
  }

  /** A step threw; `record` is null in a punctuation. */
  processing(step: FailedStep, record: StreamRecord<unknown, unknown> | null, error: unknown): void {
    if (error === this.#final || error instanceof TaskMigratedError) throw error;
    const context = this.#context(step);
    if (this.#continues('processing-error', this.policy.processing, context, record, error)) return;
    throw this.stepFailed(step.node, step.source, error);
  }

  /**
   * A record could not be written. When this throws in the middle of processing, the step that forwarded
   * the record has failed, and its handler is asked in turn, as in Kafka Streams.
   */
  production(step: FailedStep, record: UnwrittenRecord, error: unknown): void {
    const context = this.#context(step);
    if (this.#continues('production-error', this.policy.production, context, record, error)) return;
    const where = step.source === null ? '' : ` (from ${nameOf(step.source)})`;
    throw new ProcessingError(
      `Step "${step.node}" of task ${this.#options.taskId} cannot write to "${record.topic}"${where}: ` +
        messageOf(error),
      { cause: error, place: this.#place(step.node, step.source) },
    );
  }

  /** The error that ends the task, naming the step and the record. */
  stepFailed(node: string, source: LogRecord | null, cause: unknown): unknown {
    if (cause instanceof ProcessingError || cause instanceof TaskMigratedError) {
      this.#final = cause;
      return cause;
    }
    const where = source === null ? '' : ` at ${nameOf(source)}`;
    return this.#fatal(
      `Step "${node}" of task ${this.#options.taskId} failed${where}: ${messageOf(cause)}`,
      cause,
      this.#place(node, source),
    );
  }

  #continues<R>(
    cause: Cause,
    handler: ErrorHandler<R>,
    context: ErrorHandlerContext,
    record: R,
    error: unknown,
  ): boolean {
    const { logger, dropped, failed } = this.#options;
    const response = this.#ask(cause, handler, context, record, error);
    const decision = typeof response === 'string' ? response : response.decision;
    if (decision !== 'continue') {
      failed(cause);
      return false;
    }
    const { topic, partition, offset, processorNodeId: step, taskId: task } = context;
    const fields = { task, step, topic, partition, offset, error: messageOf(error) };
    logger.warn(`dropping a record after a ${cause.replace('-', ' ')}`, fields);
    dropped(cause);
    return true;
  }

  #ask<R>(cause: Cause, handler: ErrorHandler<R>, context: ErrorHandlerContext, record: R, error: unknown) {
    const { topic, partition, offset, processorNodeId: step, taskId: task } = context;
    const place = { task, step, topic, partition, offset };
    try {
      const response = handler(context, record, error);
      assertResponse(response);
      const letters = typeof response === 'string' ? [] : (response.deadLetters ?? []);
      for (const letter of letters) this.#write(letter);
      return response;
    } catch (failure) {
      const kind = cause.replace('-error', '');
      throw this.#fatal(
        `The ${kind} exception handler of step "${context.processorNodeId}" failed: ${messageOf(failure)} ` +
          `(it was asked about: ${messageOf(error)})`,
        failure,
        place,
      );
    }
  }

  #write(letter: DeadLetter): void {
    if (!this.policy.topics.has(letter.topic)) {
      throw new ProcessingError(
        `it writes to "${letter.topic}", which is not declared; set deadLetterTopic or the handler's deadLetterTopics.`,
      );
    }
    this.#options.write(letter);
  }

  #fatal(message: string, cause: unknown, place: ErrorPlace): ProcessingError {
    const error = new ProcessingError(message, { cause, place });
    this.#final = error;
    return error;
  }

  #place(step: string, source: LogRecord | null): ErrorPlace {
    return {
      task: this.#options.taskId,
      step,
      topic: source?.topic ?? null,
      partition: source?.partition ?? -1,
      offset: source?.offset ?? -1,
    };
  }

  #context({ node, source, timestamp, headers }: FailedStep): ErrorHandlerContext {
    return {
      topic: source?.topic ?? null,
      partition: source?.partition ?? -1,
      offset: source?.offset ?? -1,
      headers,
      processorNodeId: node,
      taskId: this.#options.taskId,
      timestamp,
      sourceRawKey: source?.key ?? null,
      sourceRawValue: source?.value ?? null,
      deadLetterTopic: this.policy.deadLetterTopic,
    };
  }
}

/** Also for handlers without types. */
function assertResponse(response: unknown): void {
  if (response instanceof Promise) {
    response.catch(() => undefined);
    throw new ProcessingError('it returned a promise, and there is no waiting for it here.');
  }
  const decision: unknown =
    typeof response === 'object' && response !== null && 'decision' in response
      ? response.decision
      : response;
  if (decision === 'continue' || decision === 'fail') return;
  throw new ProcessingError(`its answer is "${String(decision)}", neither "continue" nor "fail".`);
}

function nameOf({ topic, partition, offset }: LogRecord): string {
  return `${topic}-${partition} offset ${offset}`;
}
