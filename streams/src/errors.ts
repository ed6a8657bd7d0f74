/** A topology that cannot work; thrown while building, before anything is consumed. */
export class TopologyError extends Error {
  override readonly name = 'TopologyError';
}

/** Wrong configuration of `KafkaStreams`; thrown before anything is consumed. */
export class StreamsConfigError extends Error {
  override readonly name = 'StreamsConfigError';
}

/** Bytes that a serde cannot read, or a value it cannot write. */
export class SerializationError extends Error {
  override readonly name = 'SerializationError';
}

/** The broker will not have a record; `code` is Kafka's name of the reason, as `MESSAGE_TOO_LARGE`. */
export class RecordRefusedError extends Error {
  override readonly name = 'RecordRefusedError';
  readonly code: string;

  constructor(code: string, cause: unknown) {
    super(`The broker refuses the record: ${code}.`, { cause });
    this.code = code;
  }
}

/** Where a `ProcessingError` happened, as far as it is known; plain data for logs. */
export interface ErrorPlace {
  readonly task: string;
  readonly step: string;
  readonly topic: string | null;
  readonly partition: number;
  readonly offset: number;
}

/** An operator threw while a record was processed; says which one and which record. */
export class ProcessingError extends Error {
  override readonly name = 'ProcessingError';
  readonly place: ErrorPlace | null;

  constructor(message: string, options: ErrorOptions & { readonly place?: ErrorPlace } = {}) {
    super(message, options);
    this.place = options.place ?? null;
  }
}

/** Another member owns the task now: close without committing and join the group again. */
export class TaskMigratedError extends Error {
  override readonly name = 'TaskMigratedError';
}

/** A store that does not exist, is not ready, or is not of the kind asked for. */
export class InvalidStateStoreError extends Error {
  override readonly name = 'InvalidStateStoreError';
}

/** What the cluster refused, in the words of Kafka's ACLs. */
export interface RefusedAccess {
  readonly operation: string;
  readonly resource: 'topic' | 'group' | 'transactional id' | 'cluster';
  /** The name of the resource; several, when the cluster does not say which one is meant. */
  readonly names: readonly string[];
}

/** An ACL is missing: the message names the resource and the operation. */
export class AuthorizationError extends Error {
  override readonly name = 'AuthorizationError';
  readonly refused: RefusedAccess;

  constructor(message: string, { cause, ...refused }: ErrorOptions & RefusedAccess) {
    super(message, { cause });
    this.refused = refused;
  }
}

/** A topic of the application was deleted while it ran. */
export class MissingTopicError extends Error {
  override readonly name = 'MissingTopicError';
  readonly topic: string;

  constructor(topic: string, message = `The topic "${topic}" was deleted while the application ran.`) {
    super(message);
    this.topic = topic;
  }
}
