import { createDeadLetter } from './dead-letter.ts';
import type {
  DeadLetter,
  ErrorDecision,
  ErrorHandler,
  ErrorHandlerContext,
  ErrorResponse,
} from './error-handlers.ts';

/** Ends the instance; before that, writes to the `deadLetterTopic` if there is one. The default. */
export function logAndFail(context: ErrorHandlerContext, _record: unknown, error: unknown): ErrorResponse {
  return respond('fail', context.deadLetterTopic, context, error);
}

/** Drops what failed and goes on; writes to the `deadLetterTopic` if there is one. */
export function logAndContinue(
  context: ErrorHandlerContext,
  _record: unknown,
  error: unknown,
): ErrorResponse {
  return respond('continue', context.deadLetterTopic, context, error);
}

/** Writes what failed to a topic, by default the `deadLetterTopic`, and goes on. */
export function deadLetter(topic?: string): ErrorHandler<unknown> {
  const handle = (context: ErrorHandlerContext, _record: unknown, error: unknown): ErrorResponse => {
    const chosen = topic ?? context.deadLetterTopic;
    if (chosen === null)
      throw new Error('deadLetter() needs a topic, or "deadLetterTopic" in the configuration.');
    return respond('continue', chosen, context, error);
  };
  return Object.assign(
    handle,
    topic === undefined ? { needsDeadLetterTopic: true } : { deadLetterTopics: [topic] },
  );
}

/** True of `deadLetter()` without a topic: it cannot work without the configuration's. */
export function needsDeadLetterTopic(handler: ErrorHandler<never>): boolean {
  return 'needsDeadLetterTopic' in handler;
}

function respond(
  decision: ErrorDecision,
  topic: string | null,
  context: ErrorHandlerContext,
  error: unknown,
): ErrorResponse {
  const deadLetters: DeadLetter[] = topic === null ? [] : [createDeadLetter(topic, context, error)];
  return { decision, deadLetters };
}
