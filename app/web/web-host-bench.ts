import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, type RequestOptions, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WebSocket } from 'ws';
import { startWebHost, type WebHost } from './web-host.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface WebHostBench {
  readonly host: WebHost;
  readonly origin: string;
  readonly token: string;
  readonly folder: string;
  readonly errors: string[];
  /** A request as it is: `fetch` would set Host and tidy the path. */
  ask(address: string, options?: RequestOptions & { body?: string }): Promise<Answer>;
  /** Signs in with the token; gives the cookie to send. */
  signIn(): Promise<string>;
  openSocket(headers: Readonly<Record<string, string>>, address?: string): WebSocket;
  remove(): Promise<void>;
}

/** A web host over a small built page, asked with real requests. */
export async function createWebHostBench(): Promise<WebHostBench> {
  const base = await mkdtemp(path.join(tmpdir(), 'millstream-web-'));
  const folder = path.join(base, 'folder');
  const webRoot = path.join(base, 'web');
  await Promise.all([mkdir(folder), mkdir(path.join(webRoot, 'assets'), { recursive: true })]);
  await writeFile(path.join(webRoot, 'index.html'), '<!doctype html><title>Millstream</title>');
  await writeFile(path.join(webRoot, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(path.join(webRoot, 'assets', 'main-1.js'), 'export {};');
  await writeFile(path.join(base, 'secret.txt'), 'secret');
  await symlink(path.join(base, 'secret.txt'), path.join(webRoot, 'link.txt'));
  const errors: string[] = [];
  const host = await startWebHost({
    folder,
    openAtStart: null,
    runAtStart: null,
    webRoot,
    stateFolder: path.join(base, 'state'),
    onError: (_error, where) => errors.push(where),
  });
  const origin = `http://127.0.0.1:${host.port}`;
  const token = new URLSearchParams(new URL(host.url).hash.slice(1)).get('token') ?? '';
  const ask = (address: string, options: RequestOptions & { body?: string } = {}) =>
    askOnce(host.port, address, options);
  return {
    host,
    origin,
    token,
    folder,
    errors,
    ask,
    async signIn() {
      const { headers } = await exchange(ask, origin, token);
      return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    },
    openSocket: (headers, address = '/session/pipe') =>
      new WebSocket(`ws://127.0.0.1:${host.port}${address}`, { headers }),
    async remove() {
      await host.close();
      await rm(base, { recursive: true, force: true });
    },
  };
}

export function exchange(ask: WebHostBench['ask'], origin: string, token: string): Promise<Answer> {
  return ask('/session', {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
}

function askOnce(
  port: number,
  address: string,
  { body, ...options }: RequestOptions & { body?: string },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ ...options, host: '127.0.0.1', port, path: address, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
      answer.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** How an attempt to open a pipe ends: open, or the status of the refusal. */
export function outcomeOf(socket: WebSocket): Promise<number | 'open'> {
  return new Promise((resolve) => {
    socket.on('open', () => resolve('open'));
    socket.on('unexpected-response', (_request, answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    socket.on('error', () => resolve(0));
  });
}
