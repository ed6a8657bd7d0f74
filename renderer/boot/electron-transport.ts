import { createPortTransport } from '#shared/rpc/port-transport.ts';
import type { Transport } from '#shared/rpc/transport.ts';

/** What the preload gives to the page: a way to ask for one end of a pipe, and nothing else. */
export interface ElectronBridge {
  /** A window message `millstream:pipe` that carries the port follows. */
  requestPipe(): void;
}

declare global {
  interface Window {
    readonly millstream?: ElectronBridge;
  }
}

export function openElectronTransport(bridge: ElectronBridge): Promise<Transport> {
  return new Promise((resolve) => {
    const receive = (event: MessageEvent<unknown>) => {
      const [port] = event.ports;
      if (event.source !== window || event.data !== 'millstream:pipe' || !port) return;
      window.removeEventListener('message', receive);
      resolve(createPortTransport(port));
    };
    window.addEventListener('message', receive);
    bridge.requestPipe();
  });
}
