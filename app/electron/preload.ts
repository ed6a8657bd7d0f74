import { contextBridge, ipcRenderer } from 'electron';

/** What of the page this needs; the page's own types are in another world. */
declare const window: {
  readonly location: { readonly origin: string };
  postMessage(message: string, targetOrigin: string, transfer: readonly unknown[]): void;
};

// The page gets a way to ask for its pipe, and never anything of Electron's.
contextBridge.exposeInMainWorld(
  'millstream',
  Object.freeze({
    requestPipe(): void {
      const { port1, port2 } = new MessageChannel();
      ipcRenderer.postMessage('millstream:pipe', null, [port2]);
      window.postMessage('millstream:pipe', window.location.origin, [port1]);
    },
  }),
);
