import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { contract } from '#shared/contract/contract.ts';
import { createClient } from '#shared/rpc/client.ts';
import { messageLimit } from '#shared/rpc/plain-data.ts';
import { createSocketTransport } from '#shared/rpc/socket-transport.ts';
import { startWebHost } from './web-host.ts';
import { createWebHostBench, exchange, outcomeOf, type WebHostBench } from './web-host-bench.ts';

let bench: WebHostBench;
let cookie: string;
beforeAll(async () => {
  bench = await createWebHostBench();
});
afterAll(() => bench.remove());

const json = { 'content-type': 'application/json' };

describe('before anybody signed in', () => {
  it('listens on 127.0.0.1 only, with a token of 256 bits in the fragment', () => {
    const url = new URL(bench.host.url);
    expect([url.hostname, url.pathname, url.search]).toEqual(['127.0.0.1', '/', '']);
    expect(Buffer.from(bench.token, 'base64url')).toHaveLength(32);
  });

  it('refuses who does not know the token', async () => {
    expect((await bench.ask('/session')).status).toBe(401);
    expect((await exchange(bench.ask, bench.origin, 'guess')).status).toBe(401);
    expect((await exchange(bench.ask, bench.origin, '')).status).toBe(401);
    const forged = { origin: bench.origin, cookie: `millstream-${bench.host.port}=guess` };
    expect(await outcomeOf(bench.openSocket(forged))).toBe(401);
    expect(await outcomeOf(bench.openSocket({ origin: bench.origin }))).toBe(401);
  });

  it('does not take the token from elsewhere, or in another shape', async () => {
    const post = (headers: Record<string, string>, body: string) =>
      bench.ask('/session', { method: 'POST', headers, body });
    const body = JSON.stringify({ token: bench.token });
    expect((await post(json, body)).status).toBe(403);
    expect((await post({ ...json, origin: 'http://evil.test' }, body)).status).toBe(403);
    expect((await post({ ...json, origin: 'null' }, body)).status).toBe(403);
    expect((await post({ origin: bench.origin, 'content-type': 'text/plain' }, body)).status).toBe(415);
    const own = { ...json, origin: bench.origin };
    expect((await post(own, 'not json')).status).toBe(400);
    expect((await post(own, '{"token":7}')).status).toBe(400);
    expect((await post(own, JSON.stringify({ token: 'x'.repeat(10_000) }))).status).toBe(413);
  });
});

describe('the token', () => {
  it('is exchanged once for a cookie that scripts and other sites cannot use', async () => {
    const answer = await exchange(bench.ask, bench.origin, bench.token);
    expect(answer.status).toBe(204);
    const [set = ''] = answer.headers['set-cookie'] ?? [];
    expect(set).toMatch(/; Path=\/session; Max-Age=\d+; HttpOnly; SameSite=Strict$/);
    cookie = set.split(';')[0] ?? '';
    expect((await bench.ask('/session', { headers: { cookie } })).status).toBe(204);
    expect(cookie).not.toContain(bench.token);
  });

  it('is void the second time, and the answer says what to do', async () => {
    const answer = await exchange(bench.ask, bench.origin, bench.token);
    expect(answer.status).toBe(401);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.text.trim()).toMatch(
      /^This address was used already.* start it again for a new address\.$/,
    );
  });
});

describe('requests', () => {
  it.each(['evil.test', '127.0.0.1', '127.0.0.1:1', 'localhost', '[::1]'])(
    'are refused for the host %j',
    async (name) => {
      const headers = { host: name, cookie };
      expect((await bench.ask('/', { headers })).status).toBe(421);
      expect((await bench.ask('/session', { headers })).status).toBe(421);
    },
  );

  it('serve the page, its files and its icon, by both local names', async () => {
    const page = await bench.ask('/', { headers: { host: `localhost:${bench.host.port}` } });
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.headers['cache-control']).toBe('no-cache');
    const script = await bench.ask('/assets/main-1.js?v=2');
    expect([script.status, script.headers['cache-control']]).toEqual([
      200,
      'public, max-age=31536000, immutable',
    ]);
    const icon = await bench.ask('/favicon.ico');
    expect([icon.status, icon.headers['content-type']]).toEqual([200, 'image/svg+xml']);
    expect((await bench.ask('/', { method: 'HEAD' })).text).toBe('');
  });

  it.each(['/', '/assets/main-1.js', '/nothing', '/session'])('carry every guard: %s', async (address) => {
    const { headers } = await bench.ask(address);
    expect(headers['content-security-policy']).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
    });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/%00/secret.txt',
    '/%c0%ae%c0%ae/secret.txt',
    '//secret.txt',
    '/link.txt',
    '/assets',
    '/nothing.html',
    '/%',
  ])('find nothing at %s', async (address) => {
    const answer = await bench.ask(address);
    expect(answer.status).toBe(404);
    expect(answer.text).not.toContain('secret');
  });

  it.each(['PUT', 'POST', 'DELETE', 'OPTIONS', 'PATCH'])('are refused with %s', async (method) => {
    const answer = await bench.ask('/', { method, headers: { origin: bench.origin } });
    expect(answer.status).toBe(405);
    expect((await bench.ask('/session', { method: 'OPTIONS' })).status).toBe(405);
  });

  it('in a shape that is no HTTP do not end the host', async () => {
    await new Promise<void>((resolve) => {
      const socket = connect(bench.host.port, '127.0.0.1', () => socket.write('nonsense\r\n\r\n'));
      socket.on('close', () => resolve());
      socket.on('error', () => resolve());
      socket.resume();
    });
    expect((await bench.ask('/')).status).toBe(200);
  });
});

describe('the pipe', () => {
  const headers = () => ({ origin: bench.origin, cookie });
  const open = async () => {
    const socket = bench.openSocket(headers());
    expect(await outcomeOf(socket)).toBe('open');
    return socket;
  };

  it.each([
    ['a foreign page', 403, () => ({ ...headers(), origin: 'http://evil.test' })],
    ['a page on another port', 403, () => ({ ...headers(), origin: 'http://127.0.0.1:1' })],
    ['a program without a page', 403, () => ({ cookie })],
    ['a foreign name', 421, () => ({ ...headers(), host: `evil.test:${bench.host.port}` })],
    [
      'a foreign name that is its own origin',
      421,
      () => ({ cookie, host: 'evil.test', origin: 'http://evil.test' }),
    ],
    ['no cookie', 401, () => ({ origin: bench.origin })],
  ] as const)('is refused to %s', async (_name, status, asHeaders) => {
    expect(await outcomeOf(bench.openSocket(asHeaders()))).toBe(status);
  });

  it('is at one address only', async () => {
    expect(await outcomeOf(bench.openSocket(headers(), '/'))).toBe(404);
  });

  it('carries the contract', async () => {
    const client = createClient(contract, createSocketTransport(await open()));
    const described = await client.host.describe({});
    expect(described).toMatchObject({ kind: 'web', dialogs: false, openAtStart: null });
    const saved = await client.designs.save({ path: 'a.millstream.json', text: '{}', revision: null });
    expect(await client.designs.open({ path: 'a.millstream.json' })).toMatchObject(saved);
    await expect(client.designs.open({ path: '../../etc/passwd.millstream.json' })).rejects.toMatchObject({
      code: 'refused',
    });
    await expect(client.designs.pick({ for: 'open' })).rejects.toMatchObject({ code: 'unsupported' });
    client.close();
  });

  it('is closed by a message over the limit, and by one that is no text; the host goes on', async () => {
    const closed = (socket: WebSocket) =>
      new Promise<number>((resolve) => socket.on('close', (code) => resolve(code)));
    const large = await open();
    large.on('error', () => undefined);
    const largeEnd = closed(large);
    large.send('x'.repeat(messageLimit + 2_000));
    expect(await largeEnd).toBe(1009);
    const binary = await open();
    const binaryEnd = closed(binary);
    binary.send(Buffer.from([1, 2, 3]));
    await binaryEnd;
    const next = await open();
    next.close();
  });
});

describe('start and end', () => {
  it('says that a port is taken', async () => {
    const again = startWebHost({
      folder: bench.folder,
      openAtStart: null,
      runAtStart: null,
      port: bench.host.port,
      stateFolder: bench.folder,
    });
    await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('ends open pipes and requests with the host', async () => {
    const other = await createWebHostBench();
    const own = { origin: other.origin, cookie: await other.signIn() };
    const socket = other.openSocket(own);
    expect(await outcomeOf(socket)).toBe('open');
    const ended = new Promise((resolve) => socket.on('close', resolve));
    await other.remove();
    await ended;
    await vi.waitFor(async () => {
      await expect(other.ask('/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    });
  });
});
