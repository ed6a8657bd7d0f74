import {
  type CallSpec,
  type Contract,
  type HandlersOf,
  type ListenSpec,
  RpcError,
  type Stop,
} from './define-contract.ts';
import { messageLimit, weigh } from './plain-data.ts';
import { type AnyHandler, type Asked, answerCall, pushEvents, refuse, type Session } from './run-handler.ts';
import type { Transport } from './transport.ts';
import { ClientMessage, describeMismatch, readId } from './wire.ts';

/** Calls and subscriptions that may be open at once on one pipe. */
export const openLimit = 1_000;

export interface ServeOptions {
  /** Takes what a handler throws and does not mean for the asker; `where` is `area.method`. */
  readonly onError: (error: unknown, where: string) => void;
}

/**
 * Answers a contract's calls and subscriptions on one pipe until it closes. Whatever arrives, this neither throws
 * nor stops: an ill-formed message is answered with `bad-input`, a handler's own failure with `internal`. The
 * function it returns aborts all that is open and closes the pipe.
 */
export function serve<C extends Contract>(
  contract: C,
  handlers: HandlersOf<C>,
  transport: Transport,
  options: ServeOptions,
): Stop {
  const session: Session = {
    open: new Map(),
    send: (message) => transport.send(message),
    onError: options.onError,
  };
  let closed = false;
  const shut = () => {
    if (closed) return;
    closed = true;
    stopReceiving();
    const ending = [...session.open.values()];
    session.open.clear();
    for (const one of ending) one.abort();
    transport.close();
  };
  const stopReceiving = transport.onMessage((raw) => {
    if (!closed) receive(contract, handlers, session, raw);
  });
  transport.onClose(shut);
  return shut;
}

function receive(contract: Contract, handlers: HandlersOf<Contract>, session: Session, raw: unknown): void {
  const id = readId(raw);
  const weight = weigh(raw, messageLimit);
  if (weight === 'too-large') {
    const limit = { limit: messageLimit };
    refuse(
      session,
      id,
      new RpcError('too-large', `The message is larger than ${messageLimit} bytes.`, limit),
    );
    return;
  }
  const parsed = ClientMessage.safeParse(raw);
  if (weight === 'not-plain' || !parsed.success) {
    refuse(session, id, new RpcError('bad-input', 'The host cannot read this message.'));
    return;
  }
  const message = parsed.data;
  switch (message.kind) {
    case 'call':
    case 'listen':
      start(contract, handlers, session, message);
      return;
    case 'cancel':
    case 'stop': {
      const found = session.open.get(message.id);
      session.open.delete(message.id);
      found?.abort();
      return;
    }
    case 'ack':
      session.open.get(message.id)?.queue?.acknowledge(message.events);
  }
}

type Opening = Extract<ClientMessage, { kind: 'call' | 'listen' }>;

function start(contract: Contract, handlers: HandlersOf<Contract>, session: Session, message: Opening): void {
  const where = `${message.area}.${message.method}`;
  const area = ownMember(contract, message.area);
  const spec = area && ownMember(area, message.method);
  const problem = findProblem(spec, session, message, where);
  if (problem || !spec) {
    refuse(session, message.id, problem ?? new RpcError('bad-input', `There is no ${where}.`));
    return;
  }
  const handler = findHandler(handlers, message);
  if (!handler) {
    refuse(session, message.id, new RpcError('unsupported', `This host does not have ${where}.`));
    return;
  }
  const input = spec.input.safeParse(message.input);
  if (!input.success) {
    const sentence = `${where} was asked with an input that does not fit: ${describeMismatch(input.error)}.`;
    refuse(session, message.id, new RpcError('bad-input', sentence));
    return;
  }
  const asked: Asked = { id: message.id, where, input: input.data };
  if (spec.kind === 'call') void answerCall(session, spec, handler, asked);
  else void pushEvents(session, spec, handler, asked);
}

function findProblem(
  spec: CallSpec | ListenSpec | undefined,
  session: Session,
  message: Opening,
  where: string,
): RpcError | null {
  if (spec?.kind !== message.kind)
    return new RpcError('bad-input', `There is no ${where} to ${message.kind}.`);
  if (session.open.has(message.id)) return new RpcError('bad-input', `The id ${message.id} is in use.`);
  if (session.open.size < openLimit) return null;
  return new RpcError('refused', `More than ${openLimit} calls are open at once; wait for some to end.`);
}

function findHandler(handlers: HandlersOf<Contract>, { area, method }: Opening): AnyHandler | null {
  const found: unknown = ownMember<object>(handlers, area);
  const handler: unknown = found && typeof found === 'object' ? ownMember(found, method) : undefined;
  // The compiler holds each handler to its spec where the handlers are written; here only the name is known.
  return typeof handler === 'function' ? (handler.bind(found) as AnyHandler) : null;
}

/** A member of the object itself: `constructor` and its like are not. */
function ownMember<T>(from: Readonly<Record<string, T>> | object, name: string): T | undefined {
  return Object.hasOwn(from, name) ? (from as Readonly<Record<string, T>>)[name] : undefined;
}
