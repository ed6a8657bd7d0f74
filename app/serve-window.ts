import { contract } from '#shared/contract/contract.ts';
import { serve } from '#shared/rpc/serve.ts';
import type { Transport } from '#shared/rpc/transport.ts';
import type { Services } from './services.ts';

/** Serves one window on its pipe, until the pipe closes; what the window opened is closed with it. */
export function serveWindow(
  services: Services,
  transport: Transport,
  onError: (error: unknown, where: string) => void,
): void {
  const window = services.openWindow();
  serve(contract, window.handlers, transport, { onError });
  transport.onClose(() => {
    window.close().catch((error: unknown) => onError(error, 'closing a window'));
  });
}
