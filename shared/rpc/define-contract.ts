import type { z } from 'zod';

/** One question, one answer. Both are checked at the edge of the host. */
export interface CallSpec<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly kind: 'call';
  readonly input: I;
  readonly output: O;
}

/**
 * A subscription: events until the listener stops it or the pipe closes. `merge` says how two events that wait for a
 * slow listener become one, and must not grow without bound; without it the subscription of a listener that stays
 * too far behind ends with `too-large`.
 */
export interface ListenSpec<I extends z.ZodType = z.ZodType, E extends z.ZodType = z.ZodType> {
  readonly kind: 'listen';
  readonly input: I;
  readonly event: E;
  merge?(older: z.output<E>, newer: z.output<E>): z.output<E>;
}

export type Area = Readonly<Record<string, CallSpec | ListenSpec>>;
export type Contract = Readonly<Record<string, Area>>;

export function call<I extends z.ZodType, O extends z.ZodType>(input: I, output: O): CallSpec<I, O> {
  return { kind: 'call', input, output };
}

export function listen<I extends z.ZodType, E extends z.ZodType>(
  input: I,
  event: E,
  merge?: (older: z.output<E>, newer: z.output<E>) => z.output<E>,
): ListenSpec<I, E> {
  return merge ? { kind: 'listen', input, event, merge } : { kind: 'listen', input, event };
}

/** For events that each tell the whole state: only the newest is worth the wait. */
export function newest<E>(_older: E, newer: E): E {
  return newer;
}

export function defineContract<const C extends Contract>(contract: C): C {
  return contract;
}

/** How a subscription tells of its events and its end. `error` and `end` come at most once, and last. */
export interface Listener<E> {
  readonly event: (event: E) => void;
  readonly error?: (error: RpcError) => void;
  readonly end?: () => void;
}

export type Stop = () => void;

/** What the user interface holds: a function for each call, and one for each subscription. */
export type ClientOf<C extends Contract> = {
  readonly [A in keyof C]: {
    readonly [M in keyof C[A]]: C[A][M] extends CallSpec<infer I, infer O>
      ? (input: z.input<I>, signal?: AbortSignal) => Promise<z.output<O>>
      : C[A][M] extends ListenSpec<infer I, infer E>
        ? (input: z.input<I>, listener: Listener<z.output<E>>) => Stop
        : never;
  };
};

/** What the host gives: a call's signal is aborted when the asker no longer wants the answer. */
export type HandlersOf<C extends Contract> = {
  readonly [A in keyof C]: {
    readonly [M in keyof C[A]]: C[A][M] extends CallSpec<infer I, infer O>
      ? (input: z.output<I>, signal: AbortSignal) => Promise<z.input<O>>
      : C[A][M] extends ListenSpec<infer I, infer E>
        ? (input: z.output<I>, emit: (event: z.input<E>) => void, signal: AbortSignal) => Promise<void>
        : never;
  };
};

/** Every reason for which the host may refuse; the words for a person live in renderer/strings, by code. */
export const rpcErrorCodes = [
  'bad-input',
  'not-found',
  'conflict',
  'refused',
  'unsupported',
  'cluster-unreachable',
  'timed-out',
  'cancelled',
  'too-large',
  'disconnected',
  'internal',
] as const;
export type RpcErrorCode = (typeof rpcErrorCodes)[number];

/**
 * The one error that crosses the pipe. `message` is one sentence in English that says what is wrong, where, and
 * what to do; `data` holds what the sentence names.
 */
export class RpcError extends Error {
  readonly code: RpcErrorCode;
  readonly data: Readonly<Record<string, string | number | boolean>>;

  constructor(
    code: RpcErrorCode,
    message: string,
    data: Readonly<Record<string, string | number | boolean>> = {},
  ) {
    super(message);
    this.name = 'RpcError';
    this.code = code;
    this.data = data;
  }
}
