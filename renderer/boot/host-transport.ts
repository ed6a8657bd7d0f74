import type { Transport } from '#shared/rpc/transport.ts';
import { openElectronTransport } from './electron-transport.ts';
import { openWebSocketTransport } from './web-socket-transport.ts';

/** The pipe to whichever host this page runs in: the desktop app's, or the web host that served it. */
export function openHostTransport(): Promise<Transport> {
  const bridge = window.millstream;
  return bridge ? openElectronTransport(bridge) : openWebSocketTransport();
}
