import type { Transport } from './transport.ts';

declare const structuredClone: <T>(value: T) => T;

/** Two ends of a pipe in one process. What is sent is copied, and arrives later: as over a real pipe. */
export function createMemoryPair(): readonly [Transport, Transport] {
  const left = createEnd();
  const right = createEnd();
  const close = () => {
    left.shut();
    right.shut();
  };
  return [toTransport(left, right, close), toTransport(right, left, close)];
}

interface End {
  deliver(message: unknown): void;
  receive(receiver: (message: unknown) => void): () => void;
  onClose(closed: () => void): () => void;
  shut(): void;
  isOpen(): boolean;
}

function toTransport(own: End, other: End, close: () => void): Transport {
  return {
    send(message) {
      if (own.isOpen()) other.deliver(structuredClone(message));
    },
    onMessage: own.receive,
    onClose: own.onClose,
    close,
  };
}

function createEnd(): End {
  const waiting: unknown[] = [];
  const closers = new Set<() => void>();
  let receiver: ((message: unknown) => void) | null = null;
  let open = true;

  const drain = () => {
    while (receiver && open && waiting.length > 0) receiver(waiting.shift());
  };

  return {
    deliver(message) {
      waiting.push(message);
      void Promise.resolve().then(drain);
    },
    receive(next) {
      receiver = next;
      void Promise.resolve().then(drain);
      return () => {
        if (receiver === next) receiver = null;
      };
    },
    onClose(closed) {
      if (!open) void Promise.resolve().then(closed);
      closers.add(closed);
      return () => closers.delete(closed);
    },
    shut() {
      if (!open) return;
      open = false;
      for (const closed of [...closers]) closed();
    },
    isOpen: () => open,
  };
}
