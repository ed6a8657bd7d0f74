import type { TailStart } from '#shared/contract/inspect.ts';
import { toLocalInput } from '../../strings/record-times.ts';

export const startKinds = ['end', 'last', 'start', 'offset', 'timestamp'] as const;
export type StartKind = (typeof startKinds)[number];

export const startWords: Readonly<Record<StartKind, string>> = {
  end: 'From now on',
  last: 'Last per partition',
  start: 'From the start',
  offset: 'From an offset',
  timestamp: 'From a time',
};

export function startKind(from: TailStart): StartKind {
  if (typeof from === 'string') {
    return from;
  }
  return 'last' in from ? 'last' : 'offset' in from ? 'offset' : 'timestamp';
}

/** What stands in the field beside the kind; null when the kind needs none. */
export function startText(from: TailStart): string | null {
  if (typeof from === 'string') {
    return null;
  }
  if ('last' in from) {
    return String(from.last);
  }
  return 'offset' in from ? String(from.offset) : toLocalInput(from.timestamp);
}

/** A start of a kind with what was typed for it; null while that says nothing. */
export function readStart(kind: StartKind, text: string): TailStart | null {
  if (kind === 'end' || kind === 'start') {
    return kind;
  }
  if (kind === 'timestamp') {
    const timestamp = new Date(text).getTime();
    return text === '' || Number.isNaN(timestamp) ? null : { timestamp };
  }
  const count = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(count) || count < 0) {
    return null;
  }
  if (kind === 'offset') {
    return { offset: count };
  }
  return count >= 1 && count <= 10_000 ? { last: count } : null;
}
