import { type CallSpec, type ListenSpec, RpcError } from './define-contract.ts';
import { createEventQueue, type EventQueue } from './event-queue.ts';
import { messageLimit, weigh } from './plain-data.ts';
import { type HostMessage, toWireError } from './wire.ts';

export type AnyHandler = (input: unknown, ...rest: unknown[]) => Promise<unknown>;

/** What is open under an id. */
interface Open {
  readonly abort: () => void;
  readonly queue: EventQueue | null;
}

/** What runs on one pipe. */
export interface Session {
  readonly open: Map<number, Open>;
  readonly send: (message: HostMessage) => void;
  readonly onError: (error: unknown, where: string) => void;
}

/** A question that fits the contract. */
export interface Asked {
  readonly id: number;
  readonly where: string;
  readonly input: unknown;
}

/** Runs a call's handler and sends its answer, unless nobody waits for it any more. */
export async function answerCall(
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

/** Runs a subscription's handler, and sends its events as the listener takes them. */
export async function pushEvents(
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

export function refuse(session: Session, id: number | null, error: RpcError): void {
  session.send({ kind: 'failure', id, error: toWireError(error) });
}
