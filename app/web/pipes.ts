import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { messageLimit } from '#shared/rpc/plain-data.ts';
import { createSocketTransport } from '#shared/rpc/socket-transport.ts';
import type { Transport } from '#shared/rpc/transport.ts';
import { nothingThere, notSignedIn, type Refusal, refuseHost, refuseOrigin } from './refusal.ts';
import type { Session } from './session.ts';

export const pipePath = '/session/pipe';
const mostPipes = 64;
/** A message may be at its limit, and has an envelope. */
const maxPayload = messageLimit + 1_024;

export interface PipeOptions {
  readonly port: () => number;
  readonly session: Session;
  /** Vite's own reload socket is on the same server while developing; it carries nothing of the user's. */
  readonly developing: boolean;
  readonly connected: (transport: Transport) => void;
  readonly onError: (error: unknown, where: string) => void;
}

export interface Pipes {
  /** Ends every pipe at once. */
  close(): void;
}

/** Takes WebSockets from signed-in pages of this host, and from nobody else. */
export function acceptPipes(server: Server, options: PipeOptions): Pipes {
  const sockets = new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false });
  server.on('upgrade', (request, socket, head) => {
    if (options.developing && request.headers['sec-websocket-protocol']?.startsWith('vite-')) return;
    const refusal = findRefusal(request, options, sockets.clients.size);
    if (refusal) {
      refuseUpgrade(socket, refusal);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => connect(webSocket, options));
  });
  return {
    close() {
      for (const one of sockets.clients) one.terminate();
      sockets.close();
    },
  };
}

function connect(webSocket: WebSocket, { connected, onError }: PipeOptions): void {
  // A frame over the limit, or against the protocol: ws closes the socket by itself.
  webSocket.on('error', (error) => onError(error, 'pipe'));
  connected(createSocketTransport(webSocket));
}

function findRefusal(
  request: IncomingMessage,
  { port, session }: PipeOptions,
  pipes: number,
): Refusal | null {
  const foreign = refuseHost(request, port()) ?? refuseOrigin(request);
  if (foreign) return foreign;
  if (request.url !== pipePath) return nothingThere;
  if (!session.accepts(request.headers.cookie)) return notSignedIn;
  if (pipes < mostPipes) return null;
  return { status: 503, sentence: `Millstream is open in ${mostPipes} windows already; close one.` };
}

const reasons: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  421: 'Misdirected Request',
  503: 'Service Unavailable',
};

function refuseUpgrade(socket: Duplex, { status, sentence }: Refusal): void {
  socket.on('error', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${reasons[status] ?? 'Refused'}\r\n` +
      'content-type: text/plain; charset=utf-8\r\n' +
      `content-length: ${Buffer.byteLength(sentence)}\r\n` +
      'connection: close\r\n\r\n' +
      sentence,
  );
}
