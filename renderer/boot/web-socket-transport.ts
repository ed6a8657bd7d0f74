import { RpcError } from '#shared/rpc/define-contract.ts';
import { createSocketTransport } from '#shared/rpc/socket-transport.ts';
import type { Transport } from '#shared/rpc/transport.ts';

/**
 * Opens the pipe to the web host that served this page. The one-time token in the address is given up for a
 * cookie first; without a token the cookie of before must do. Rejects with `refused` and the host's own
 * sentence when neither does, and with `disconnected` when the host is gone. Call again to connect again.
 */
export async function openWebSocketTransport(): Promise<Transport> {
  await openSession();
  return openPipe();
}

async function openSession(): Promise<void> {
  const token = new URLSearchParams(window.location.hash.slice(1)).get('token');
  const response = await ask(token);
  if (token !== null) {
    window.history.replaceState(null, '', `${window.location.pathname}${window.location.search}`);
  }
  if (response.ok) return;
  // A used token in an address that was opened again is no reason to refuse a browser that has the cookie.
  if (token !== null && (await ask(null)).ok) return;
  throw new RpcError('refused', await readSentence(response));
}

async function ask(token: string | null): Promise<Response> {
  try {
    return await fetch('/session', {
      credentials: 'same-origin',
      ...(token === null
        ? {}
        : {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ token }),
          }),
    });
  } catch (error) {
    if (error instanceof TypeError) throw unreachable();
    throw error;
  }
}

async function readSentence(response: Response): Promise<string> {
  const text = (await response.text()).trim();
  return text.length > 0 ? text : `Millstream answered with ${response.status}; start it again.`;
}

function openPipe(): Promise<Transport> {
  return new Promise((resolve, reject) => {
    const { protocol, host } = window.location;
    const address = `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/session/pipe`;
    const socket = new WebSocket(address);
    const failed = () => reject(unreachable());
    socket.addEventListener('close', failed, { once: true });
    socket.addEventListener(
      'open',
      () => {
        socket.removeEventListener('close', failed);
        resolve(createSocketTransport(socket));
      },
      { once: true },
    );
  });
}

function unreachable(): RpcError {
  return new RpcError(
    'disconnected',
    'Millstream cannot be reached at this address; start it again and open the address that it prints.',
  );
}
