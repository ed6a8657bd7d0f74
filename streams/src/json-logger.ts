import type { StreamsLogger } from './streams-logger.ts';

const levels = ['debug', 'info', 'warn', 'error'] as const;

/** How much is logged: this and what is more important. */
export type LogLevel = (typeof levels)[number];

/** Where lines go; `process.stdout` is one. */
export interface LogTarget {
  write(line: string): unknown;
}

/**
 * A logger that writes one JSON object per line: `time` (ISO 8601), `level`, `message` and the fields of
 * the event, among them `task`, `topic`, `partition`, `offset`, `store` and `error`.
 */
export function jsonLogger(target: LogTarget = process.stdout, level: LogLevel = 'info'): StreamsLogger {
  const from = levels.indexOf(level);
  const at = (own: LogLevel) => {
    if (levels.indexOf(own) < from) return () => undefined;
    return (message: string, fields: object = {}): void => {
      target.write(`${line({ time: new Date().toISOString(), level: own, message }, fields)}\n`);
    };
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** The event's own fields cannot hide the first three. */
function line(head: Readonly<Record<string, string>>, fields: object): string {
  try {
    return JSON.stringify({ ...head, ...fields, ...head }, plain);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return JSON.stringify({ ...head, unloggable: reason });
  }
}

/** JSON has no words for these. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Error) return value.message;
  if (value instanceof Map) return Object.fromEntries(value);
  if (value instanceof Set) return [...value];
  return value;
}
