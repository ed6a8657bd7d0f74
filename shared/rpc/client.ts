import { type ClientPipe, createClientPipe, type Target } from './client-pipe.ts';
import {
  type CallSpec,
  type ClientOf,
  type Contract,
  type Listener,
  type ListenSpec,
  RpcError,
  type Stop,
} from './define-contract.ts';
import { eventWindow } from './event-queue.ts';
import type { Transport } from './transport.ts';
import { describeMismatch } from './wire.ts';

export type Client<C extends Contract> = ClientOf<C> & {
  /** Called once when the pipe is closed, by whichever side. Reconnecting is for the caller: a new transport. */
  readonly onClose: (closed: (reason: RpcError) => void) => Stop;
  /** Closes the pipe; what is still open rejects with `disconnected`. */
  readonly close: () => void;
};

export interface ClientOptions {
  /** Takes what a listener throws; that subscription is then stopped. Without it the error is thrown on. */
  readonly onError?: (error: unknown) => void;
}

/** The contract as functions. Answers and events are checked against it before anybody sees them. */
export function createClient<C extends Contract>(
  contract: C,
  transport: Transport,
  options: ClientOptions = {},
): Client<C> {
  const pipe = createClientPipe(transport);
  const areas = Object.entries(contract).map(([area, specs]) => {
    const methods = Object.entries(specs).map(([method, spec]) => {
      const target = { area, method };
      return [
        method,
        spec.kind === 'call'
          ? (input: unknown, signal?: AbortSignal) => makeCall(pipe, target, spec, input, signal)
          : (input: unknown, listener: Listener<unknown>) =>
              startListening(pipe, target, spec, input, listener, options),
      ];
    });
    return [area, Object.fromEntries(methods)];
  });
  // Built from the contract's own entries, which the compiler cannot follow through Object.fromEntries.
  return { ...Object.fromEntries(areas), onClose: pipe.onClose, close: pipe.close } as unknown as Client<C>;
}

/** Events that a listener takes before it gives back credit: few messages, and never all of the window. */
const ackEvery = eventWindow / 4;

function makeCall(
  pipe: ClientPipe,
  target: Target,
  spec: CallSpec,
  input: unknown,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const cancelled = () =>
      new RpcError('cancelled', `${target.area}.${target.method} was cancelled by its caller.`);
    if (signal?.aborted) {
      reject(cancelled());
      return;
    }
    const settle = (act: () => void) => {
      signal?.removeEventListener('abort', abort);
      act();
    };
    const id = pipe.open('call', target, input, {
      result: (output) =>
        settle(() => {
          const checked = spec.output.safeParse(output);
          if (checked.success) resolve(checked.data);
          else reject(unfitting(target, describeMismatch(checked.error)));
        }),
      event: () => settle(() => reject(unfitting(target, 'an event answered a call'))),
      end: () => settle(() => reject(unfitting(target, 'a call ended without an answer'))),
      fail: (error) => settle(() => reject(error)),
    });
    const abort = () => {
      pipe.forget(id);
      pipe.tell({ kind: 'cancel', id });
      settle(() => reject(cancelled()));
    };
    signal?.addEventListener('abort', abort, { once: true });
  });
}

function startListening(
  pipe: ClientPipe,
  target: Target,
  spec: ListenSpec,
  input: unknown,
  listener: Listener<unknown>,
  options: ClientOptions,
): Stop {
  let id = 0;
  let taken = 0;
  const stop = () => {
    if (id === 0) return;
    pipe.forget(id);
    pipe.tell({ kind: 'stop', id });
    id = 0;
  };
  const guard = (act: () => void) => {
    try {
      act();
    } catch (error) {
      stop();
      if (options.onError) options.onError(error);
      else throwLater(error);
    }
  };
  const finish = (act: () => void) => {
    id = 0;
    guard(act);
  };
  const fail = (error: RpcError) => finish(() => listener.error?.(error));
  try {
    id = pipe.open('listen', target, input, {
      event(event) {
        const checked = spec.event.safeParse(event);
        if (!checked.success) {
          stop();
          fail(unfitting(target, describeMismatch(checked.error)));
          return;
        }
        guard(() => listener.event(checked.data));
        taken += 1;
        if (id === 0 || taken < ackEvery) return;
        pipe.tell({ kind: 'ack', id, events: taken });
        taken = 0;
      },
      result: () => fail(unfitting(target, 'a subscription was answered as a call')),
      end: () => finish(() => listener.end?.()),
      fail,
    });
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    void Promise.resolve().then(() => fail(error));
  }
  return stop;
}

function unfitting({ area, method }: Target, mismatch: string): RpcError {
  return new RpcError(
    'internal',
    `The host answered ${area}.${method} with something that does not fit: ${mismatch}.`,
  );
}

function throwLater(error: unknown): void {
  void Promise.resolve().then(() => {
    throw error;
  });
}
