import { ipcMain } from 'electron';
import type { Transport } from '#shared/rpc/transport.ts';
import { createMainPortTransport } from './main-port-transport.ts';
import { isOwnPage } from './own-page.ts';

export const pipeChannel = 'millstream:pipe';

/** Takes a pipe from the top frame of our own page, and from no other sender. There is no other channel. */
export function acceptPagePipes(connected: (transport: Transport) => void): void {
  ipcMain.on(pipeChannel, (event) => {
    const [port, ...more] = event.ports;
    const sender = event.senderFrame;
    const isWelcome = sender !== null && sender.parent === null && isOwnPage(sender.url);
    if (!isWelcome || !port || more.length > 0) {
      for (const refused of event.ports) refused.close();
      return;
    }
    connected(createMainPortTransport(port));
  });
}
