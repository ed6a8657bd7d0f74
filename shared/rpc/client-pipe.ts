import { RpcError, type Stop } from './define-contract.ts';
import { messageLimit, weigh } from './plain-data.ts';
import type { Transport } from './transport.ts';
import { type ClientMessage, fromWireError, HostMessage, readId } from './wire.ts';

/** What the client waits for, under the id it chose. */
export interface Pending {
  result(output: unknown): void;
  event(event: unknown): void;
  end(): void;
  fail(error: RpcError): void;
}

export interface Target {
  readonly area: string;
  readonly method: string;
}

export interface ClientPipe {
  /** Sends the opening message and waits under its id. Throws an RpcError when it cannot be sent. */
  open(kind: 'call' | 'listen', target: Target, input: unknown, pending: Pending): number;
  tell(message: ClientMessage): void;
  forget(id: number): void;
  onClose(closed: (reason: RpcError) => void): Stop;
  close(): void;
}

/** The client's side of the protocol, apart from the contract: ids, and who waits for which. */
export function createClientPipe(transport: Transport): ClientPipe {
  const pending = new Map<number, Pending>();
  const closers = new Set<(reason: RpcError) => void>();
  let closedBy: RpcError | null = null;
  let lastId = 0;

  const shut = (sentence: string) => {
    if (closedBy) return;
    closedBy = new RpcError('disconnected', sentence);
    stopReceiving();
    transport.close();
    const waiting = [...pending.values()];
    pending.clear();
    for (const one of waiting) one.fail(closedBy);
    for (const closed of [...closers]) closed(closedBy);
  };

  const stopReceiving = transport.onMessage((raw) => {
    const parsed = HostMessage.safeParse(raw);
    if (parsed.success && parsed.data.id !== null) deliver(parsed.data, pending);
    else if (!parsed.success && failUnreadable(raw, pending)) return;
    else shut('The host sent something that cannot be read, so the connection was closed; connect again.');
  });
  transport.onClose(() => shut('The connection to the host was closed; connect again.'));

  return {
    open(kind, target, input, waiting) {
      if (closedBy) throw closedBy;
      assertSendable(target, input);
      lastId += 1;
      pending.set(lastId, waiting);
      transport.send({ kind, id: lastId, ...target, input });
      return lastId;
    },
    tell(message) {
      if (!closedBy) transport.send(message);
    },
    forget: (id) => pending.delete(id),
    onClose(closed) {
      const reason = closedBy;
      if (reason) void Promise.resolve().then(() => closed(reason));
      closers.add(closed);
      return () => closers.delete(closed);
    },
    close: () => shut('The connection to the host was closed here.'),
  };
}

/** An answer to something that was cancelled or stopped meanwhile finds nobody, and that is fine. */
function deliver(message: HostMessage, pending: Map<number, Pending>): void {
  if (message.id === null) return;
  const waiting = pending.get(message.id);
  if (!waiting) return;
  if (message.kind === 'event') {
    waiting.event(message.event);
    return;
  }
  pending.delete(message.id);
  if (message.kind === 'result') waiting.result(message.output);
  else if (message.kind === 'end') waiting.end();
  else waiting.fail(fromWireError(message.error));
}

function failUnreadable(raw: unknown, pending: Map<number, Pending>): boolean {
  const id = readId(raw);
  const waiting = id === null ? undefined : pending.get(id);
  if (id === null || !waiting) return false;
  pending.delete(id);
  waiting.fail(new RpcError('internal', 'The host sent an answer that cannot be read.'));
  return true;
}

function assertSendable({ area, method }: Target, input: unknown): void {
  const weight = weigh(input, messageLimit);
  if (weight === 'too-large') {
    throw new RpcError(
      'too-large',
      `What was sent to ${area}.${method} is larger than ${messageLimit} bytes; send less at once.`,
      { limit: messageLimit },
    );
  }
  if (weight === 'not-plain') {
    throw new RpcError('bad-input', `What was sent to ${area}.${method} is not plain data.`);
  }
}
