import { StreamsConfigError } from '../errors.ts';
import { assertLegalName } from '../internals/graph.ts';
import type { TopologyPlan } from '../internals/plan.ts';
import type {
  DeserializationExceptionHandler,
  ErrorHandler,
  ErrorHandlingOptions,
  ProcessingExceptionHandler,
  ProductionExceptionHandler,
} from './error-handlers.ts';
import { logAndFail, needsDeadLetterTopic } from './ready-made-handlers.ts';

/** `ErrorHandlingOptions` with defaults, checked. */
export interface ErrorPolicy {
  readonly deadLetterTopic: string | null;
  readonly deserialization: DeserializationExceptionHandler;
  readonly processing: ProcessingExceptionHandler;
  readonly production: ProductionExceptionHandler;
  /** All topics that dead letters may go to. */
  readonly topics: ReadonlySet<string>;
  /** False: a record that the broker refuses ends the instance, so nobody needs to know where it came from. */
  readonly watchesOutput: boolean;
}

/** Throws `StreamsConfigError` when a handler has nowhere to write to. */
export function resolveErrorPolicy(options: ErrorHandlingOptions): ErrorPolicy {
  const deadLetterTopic = options.deadLetterTopic ?? null;
  const deserialization = options.deserializationExceptionHandler ?? logAndFail;
  const processing = options.processingExceptionHandler ?? logAndFail;
  const production = options.productionExceptionHandler ?? logAndFail;
  const handlers: readonly ErrorHandler<never>[] = [deserialization, processing, production];
  for (const handler of handlers) assertHandler(handler);
  if (deadLetterTopic === null && handlers.some(needsDeadLetterTopic)) {
    throw new StreamsConfigError(
      'deadLetter() was given no topic: name one, or set deadLetterTopic in the configuration.',
    );
  }
  const named = handlers.flatMap(({ deadLetterTopics }) => deadLetterTopics ?? []);
  const topics = new Set([...(deadLetterTopic === null ? [] : [deadLetterTopic]), ...named]);
  for (const topic of topics) assertTopic(topic);
  return {
    deadLetterTopic,
    deserialization,
    processing,
    production,
    topics,
    watchesOutput: production !== logAndFail || deadLetterTopic !== null,
  };
}

/** Dead-letter topics are sinks that the topology does not show: they too must exist before the start. */
export function withDeadLetterTopics(plan: TopologyPlan, options: ErrorHandlingOptions): TopologyPlan {
  const { topics } = resolveErrorPolicy(options);
  return { ...plan, externalSinkTopics: [...new Set([...plan.externalSinkTopics, ...topics])] };
}

function assertHandler(handler: unknown): void {
  if (typeof handler === 'function') return;
  throw new StreamsConfigError(
    `An exception handler is ${String(handler)}, not a function: use logAndFail, logAndContinue, deadLetter() or ` +
      'one of your own.',
  );
}

function assertTopic(topic: string): void {
  try {
    assertLegalName(topic, 'dead-letter topic');
  } catch (cause) {
    throw new StreamsConfigError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
