import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openWebSocketTransport } from './web-socket-transport.ts';

const location = { protocol: 'http:', host: '127.0.0.1:9', pathname: '/', search: '', hash: '' };
const history = { replaceState: vi.fn() };
const ask = vi.fn<(address: string, init: RequestInit) => Promise<Response>>();
let sockets: FakeSocket[] = [];

class FakeSocket extends EventTarget {
  readonly address: string;
  readyState = 0;
  constructor(address: string) {
    super();
    this.address = address;
    sockets.push(this);
  }
  become(state: 'open' | 'close') {
    this.readyState = state === 'open' ? 1 : 3;
    this.dispatchEvent(new Event(state));
  }
}

beforeEach(() => {
  sockets = [];
  location.hash = '';
  vi.stubGlobal('window', { location, history });
  vi.stubGlobal('fetch', ask);
  vi.stubGlobal('WebSocket', FakeSocket);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetAllMocks();
});

const answer = (status: number, text?: string) => async () => new Response(text ?? null, { status });

async function opened(): Promise<FakeSocket> {
  await vi.waitFor(() => expect(sockets).toHaveLength(1));
  const [socket] = sockets;
  if (!socket) throw new Error('No socket was opened.');
  return socket;
}

it('gives up the token for a session, takes it out of the address, and opens the pipe', async () => {
  location.hash = '#token=secret';
  ask.mockImplementation(answer(204));
  const opening = openWebSocketTransport();
  const socket = await opened();
  expect(socket.address).toBe('ws://127.0.0.1:9/session/pipe');
  socket.become('open');
  await opening;
  expect(ask).toHaveBeenCalledOnce();
  expect(ask).toHaveBeenCalledWith('/session', expect.objectContaining({ body: '{"token":"secret"}' }));
  expect(history.replaceState).toHaveBeenCalledWith(null, '', '/');
});

it('asks for the session of before when there is no token', async () => {
  ask.mockImplementation(answer(204));
  const opening = openWebSocketTransport();
  (await opened()).become('open');
  await opening;
  expect(ask.mock.calls[0]?.[1].method).toBeUndefined();
});

it('falls back to the session of before when the token was used', async () => {
  location.hash = '#token=used';
  ask.mockImplementationOnce(answer(401, 'Used.')).mockImplementationOnce(answer(204));
  const opening = openWebSocketTransport();
  (await opened()).become('open');
  await opening;
});

it('says what the host says when neither does', async () => {
  location.hash = '#token=used';
  ask.mockImplementation(answer(401, 'Start it again.\n'));
  await expect(openWebSocketTransport()).rejects.toMatchObject({
    code: 'refused',
    message: 'Start it again.',
  });
  expect(sockets).toHaveLength(0);
});

it('says that the host is gone', async () => {
  ask.mockRejectedValueOnce(new TypeError('Failed to fetch'));
  await expect(openWebSocketTransport()).rejects.toMatchObject({ code: 'disconnected' });
  ask.mockImplementation(answer(204));
  const opening = openWebSocketTransport();
  (await opened()).become('close');
  await expect(opening).rejects.toMatchObject({ code: 'disconnected' });
});
