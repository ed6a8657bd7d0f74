import type { Transport } from './transport.ts';

/** A page's MessagePort, as far as a pipe needs it. */
export interface PortLike {
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
  addEventListener(type: 'message', receive: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', closed: () => void): void;
  removeEventListener(type: 'message', receive: (event: { readonly data: unknown }) => void): void;
}

/** A pipe over the page's end of a message channel. A port does not tell its own closer, so this does. */
export function createPortTransport(port: PortLike): Transport {
  const closers = new Set<() => void>();
  let open = true;
  const shut = () => {
    if (!open) return;
    open = false;
    for (const closed of [...closers]) closed();
  };
  port.addEventListener('close', shut);
  return {
    send(message) {
      if (open) port.postMessage(message);
    },
    onMessage(receive) {
      const received = (event: { readonly data: unknown }) => receive(event.data);
      port.addEventListener('message', received);
      port.start();
      return () => port.removeEventListener('message', received);
    },
    onClose(closed) {
      if (!open) void Promise.resolve().then(closed);
      closers.add(closed);
      return () => closers.delete(closed);
    },
    close() {
      port.close();
      shut();
    },
  };
}
