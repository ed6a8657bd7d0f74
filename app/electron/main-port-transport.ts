import type { Transport } from '#shared/rpc/transport.ts';

/** The main process's end of a message channel, as far as a pipe needs it (Electron's MessagePortMain). */
export interface MainPort {
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
  on(type: 'message', receive: (event: { readonly data: unknown }) => void): unknown;
  on(type: 'close', closed: () => void): unknown;
  off(type: 'message', receive: (event: { readonly data: unknown }) => void): unknown;
}

/** A pipe over the main process's end. It closes when the page is left, reloaded or ended. */
export function createMainPortTransport(port: MainPort): Transport {
  const closers = new Set<() => void>();
  let open = true;
  const shut = () => {
    if (!open) return;
    open = false;
    for (const closed of [...closers]) closed();
  };
  port.on('close', shut);
  return {
    send(message) {
      if (open) port.postMessage(message);
    },
    onMessage(receive) {
      const received = (event: { readonly data: unknown }) => receive(event.data);
      port.on('message', received);
      port.start();
      return () => port.off('message', received);
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
