import type { Headers, LogRecord, StreamRecord } from '../record.ts';

/** Where something went wrong, and the record that was read when it did. */
export interface ErrorHandlerContext {
  /** Source topic; null in a punctuation, which no record caused. */
  readonly topic: string | null;
  /** -1 in a punctuation. */
  readonly partition: number;
  /** -1 in a punctuation. */
  readonly offset: number;
  /** Headers of the record as it reached the step that failed. */
  readonly headers: Headers;
  /** Name of the step that failed. */
  readonly processorNodeId: string;
  /** `<subtopology>_<partition>`; `global` for the topic of a global table. */
  readonly taskId: string;
  /** Timestamp (ms) of the record as it reached the step that failed, or of the punctuation. */
  readonly timestamp: number;
  /** Bytes of the record as it was read from `topic`; null in a punctuation. */
  readonly sourceRawKey: Uint8Array | null;
  readonly sourceRawValue: Uint8Array | null;
  /** The configuration's `deadLetterTopic`, for handlers that write there. */
  readonly deadLetterTopic: string | null;
}

/** A record for a dead-letter topic. The topic must be declared, see `ErrorHandler`. */
export interface DeadLetter {
  readonly topic: string;
  /** Default: by the key, as Kafka's clients do. */
  readonly partition?: number;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly timestamp: number;
  readonly headers: Headers;
}

/** `continue` drops what failed and goes on; `fail` ends the instance with the error. */
export type ErrorDecision = 'fail' | 'continue';

/** What a handler answers: a decision, with records to write to dead-letter topics if it likes. */
export type ErrorResponse =
  | ErrorDecision
  | { readonly decision: ErrorDecision; readonly deadLetters?: readonly DeadLetter[] };

/**
 * Decides about one error. It must answer at once; if it throws, the instance ends with that error.
 * Dead letters go to the configuration's `deadLetterTopic` or to topics named by `deadLetterTopics`:
 * these must exist before the application starts. With exactly once they are part of the transaction,
 * so those of a `fail` are undone with it.
 */
export interface ErrorHandler<R> {
  (context: ErrorHandlerContext, record: R, error: unknown): ErrorResponse;
  /** Topics this handler writes to besides the configuration's `deadLetterTopic`. */
  readonly deadLetterTopics?: readonly string[];
}

/**
 * Asked when a serde cannot read a record. Of a global table's topic only about records that arrive while the
 * application runs, and their dead letters are not written.
 */
export type DeserializationExceptionHandler = ErrorHandler<LogRecord>;

/**
 * Asked when a step throws, or a promise it waits for fails; `record` is what it was given, null in a
 * punctuation and for promises. `continue` leaves everything in place that was forwarded or stored before,
 * and goes on after the step that failed: its parent forwards to its other children.
 */
export type ProcessingExceptionHandler = ErrorHandler<StreamRecord<unknown, unknown> | null>;

/** A record that could not be written. */
export interface UnwrittenRecord {
  /** What failed: the serde of the key or the value, or the broker refused the record. */
  readonly origin: 'key' | 'value' | 'send';
  readonly topic: string;
  /** Null when it was not chosen yet. */
  readonly partition: number | null;
  /** Bytes when `origin` is `send`. */
  readonly key: unknown;
  readonly value: unknown;
  readonly timestamp: number;
  readonly headers: Headers;
}

/**
 * Asked when a record cannot be serialized, or when the broker refuses it for good (too large, for
 * example). It is not asked about what passes by itself, nor about missing permissions.
 */
export type ProductionExceptionHandler = ErrorHandler<UnwrittenRecord>;

/** What to do about errors. Every handler is `logAndFail` by default. */
export interface ErrorHandlingOptions {
  /**
   * Where `logAndFail`, `logAndContinue` and `deadLetter()` write records that failed, with the cause in
   * headers (`errors.dead.letter.queue.topic.name`). The topic must exist. Default: nowhere.
   */
  readonly deadLetterTopic?: string;
  readonly deserializationExceptionHandler?: DeserializationExceptionHandler;
  readonly processingExceptionHandler?: ProcessingExceptionHandler;
  readonly productionExceptionHandler?: ProductionExceptionHandler;
}
