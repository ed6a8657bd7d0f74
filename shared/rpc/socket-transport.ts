import type { Transport } from './transport.ts';

/** What a browser's WebSocket and that of `ws` have in common, as far as a pipe needs it. */
export interface SocketLike {
  readonly readyState: number;
  send(text: string): void;
  close(): void;
  addEventListener(type: 'message', receive: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', closed: () => void): void;
  removeEventListener(type: 'message', receive: (event: { readonly data: unknown }) => void): void;
  removeEventListener(type: 'close', closed: () => void): void;
}

const OPEN = 1;
const CLOSED = 3;

/** A pipe over an open WebSocket, one JSON text for each message. A frame that is no JSON text closes it. */
export function createSocketTransport(socket: SocketLike): Transport {
  return {
    send(message) {
      if (socket.readyState === OPEN) socket.send(JSON.stringify(message));
    },
    onMessage(receive) {
      const received = (event: { readonly data: unknown }) => {
        const parsed = parseFrame(event.data);
        if (parsed) receive(parsed.message);
        else socket.close();
      };
      socket.addEventListener('message', received);
      return () => socket.removeEventListener('message', received);
    },
    onClose(closed) {
      if (socket.readyState === CLOSED) void Promise.resolve().then(closed);
      socket.addEventListener('close', closed);
      return () => socket.removeEventListener('close', closed);
    },
    close: () => socket.close(),
  };
}

function parseFrame(data: unknown): { readonly message: unknown } | null {
  if (typeof data !== 'string') return null;
  try {
    return { message: JSON.parse(data) };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
