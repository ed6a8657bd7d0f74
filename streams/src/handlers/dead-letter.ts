import type { RecordHeader } from '../record.ts';
import type { DeadLetter, ErrorHandlerContext } from './error-handlers.ts';

/**
 * The record Kafka Streams writes (KIP-1034): key and value as they were read, headers and timestamp as
 * they reached the step that failed, and the cause in headers `__streams.errors.*`.
 */
export function createDeadLetter(topic: string, context: ErrorHandlerContext, error: unknown): DeadLetter {
  return {
    topic,
    key: context.sourceRawKey,
    value: context.sourceRawValue,
    timestamp: context.timestamp,
    headers: [...context.headers, ...causeHeaders(context, error)],
  };
}

/** In the order and the text form of Kafka Streams. */
function causeHeaders(context: ErrorHandlerContext, error: unknown): RecordHeader[] {
  return [
    header('exception', nameOf(error)),
    header('message', messageOrNull(error)),
    header('stacktrace', stackOf(error)),
    header('topic', context.topic),
    header('partition', String(context.partition)),
    header('offset', String(context.offset)),
  ];
}

function header(name: string, text: string | null): RecordHeader {
  return { key: `__streams.errors.${name}`, value: text === null ? null : Buffer.from(text, 'utf8') };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

/** An error made without a message has none in Java: null, not an empty text. */
function messageOrNull(error: unknown): string | null {
  if (!(error instanceof Error)) return String(error);
  return error.message === '' ? null : error.message;
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause === undefined ? own : `${own}\nCaused by: ${stackOf(error.cause)}`;
}
