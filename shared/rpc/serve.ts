import {
  type CallSpec,
  type Contract,
  type HandlersOf,
  type ListenSpec,
  RpcError,
  type Stop,
} from './define-contract.ts';
import { createEventQueue, type EventQueue } from './event-queue.ts';
import { messageLimit, weigh } from './plain-data.ts';
import type { Transport } from './transport.ts';
import { ClientMessage, describeMismatch, type HostMessage, readId, toWireError } from './wire.ts';

/** Calls and subscriptions that may be open at once on one pipe. */
export const openLimit = 1_000;

export interface ServeOptions {
  /** Takes what a handler throws and does not mean for the asker; `where` is `area.method`. */
  readonly onError: (error: unknown, where: string) => void;
}

interface Open {
  readonly abort: () => void;
  readonly queue: EventQueue | null;
}

interface Session {
  readonly open: Map<number, Open>;
  readonly send: (message: HostMessage) => void;
  readonly onError: ServeOptions['onError'];
}

interface Asked {
  readonly id: number;
  readonly where: string;
  readonly input: unknown;
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
type AnyHandler = (input: unknown, ...rest: unknown[]) => Promise<unknown>;

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

async function answerCall(
  session: Session,
  spec: CallSpec,
  handler: AnyHandler,
  { id, where, input }: Asked,
): Promise<void> {
  const controller = new AbortController();
  const open: Open = { abort: () => controller.abort(), queue: null };
  session.open.set(id, open);
  const answer = await settle(session, where, async () =>
    checkOutgoing(spec.output, await handler(input, controller.signal), where),
  );
  if (session.open.get(id) !== open) return;
  session.open.delete(id);
  if (answer instanceof RpcError) refuse(session, id, answer);
  else session.send({ kind: 'result', id, output: answer.value });
}

async function pushEvents(
  session: Session,
  spec: ListenSpec,
  handler: AnyHandler,
  { id, where, input }: Asked,
): Promise<void> {
  const controller = new AbortController();
  const isOpen = () => session.open.get(id) === open;
  const finish = (message: HostMessage) => {
    if (!isOpen()) return;
    session.open.delete(id);
    controller.abort();
    session.send(message);
  };
  const fail = (error: RpcError) => finish({ kind: 'failure', id, error: toWireError(error) });
  const queue = createEventQueue({
    merge: spec.merge?.bind(spec),
    sizeLimit: messageLimit,
    send(event) {
      if (!isOpen()) return;
      const weight = weigh(event, messageLimit);
      if (typeof weight === 'number') session.send({ kind: 'event', id, event });
      else fail(unsendable(weight, where));
    },
    overflow: () =>
      fail(new RpcError('too-large', `Events of ${where} came faster than they were taken; listen again.`)),
  });
  const open: Open = { abort: () => controller.abort(), queue };
  session.open.set(id, open);

  const emit = (event: unknown) => {
    if (!isOpen()) return;
    const checked = spec.event.safeParse(event);
    if (checked.success) {
      queue.push(checked.data);
      return;
    }
    session.onError(checked.error, where);
    fail(internal(where));
  };
  const ended = await settle(session, where, async () => {
    await handler(input, emit, controller.signal);
    return { value: null };
  });
  if (ended instanceof RpcError) queue.end(() => fail(ended));
  else queue.end(() => finish({ kind: 'end', id }));
}

/** Runs a handler so that only an RpcError comes out of it, as a value. */
async function settle(
  session: Session,
  where: string,
  run: () => Promise<{ readonly value: unknown }>,
): Promise<{ readonly value: unknown } | RpcError> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof RpcError) return error;
    session.onError(error, where);
    return internal(where);
  }
}

function checkOutgoing(schema: CallSpec['output'], output: unknown, where: string): { value: unknown } {
  const value = schema.parse(output);
  const weight = weigh(value, messageLimit);
  if (typeof weight !== 'number') throw unsendable(weight, where);
  return { value };
}

function unsendable(weight: 'too-large' | 'not-plain', where: string): RpcError {
  if (weight === 'not-plain') return internal(where);
  return new RpcError(
    'too-large',
    `The answer of ${where} is larger than ${messageLimit} bytes; ask for less at once.`,
    { limit: messageLimit },
  );
}

function internal(where: string): RpcError {
  return new RpcError('internal', `The host failed in ${where}; its log says why.`, { where });
}

function refuse(session: Session, id: number | null, error: RpcError): void {
  session.send({ kind: 'failure', id, error: toWireError(error) });
}
