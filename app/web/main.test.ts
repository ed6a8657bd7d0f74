import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { contract } from '#shared/contract/contract.ts';
import { createClient } from '#shared/rpc/client.ts';
import { createSocketTransport } from '#shared/rpc/socket-transport.ts';

const orders = path.resolve(import.meta.dirname, '../../examples/orders.millstream.json');
const main = path.resolve(import.meta.dirname, 'main.ts');
let base: string;
let started: ChildProcess[] = [];
beforeEach(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'millstream-program-'));
});
afterEach(async () => {
  for (const child of started) child.kill('SIGKILL');
  started = [];
  await rm(base, { recursive: true, force: true });
});

function start(...args: string[]) {
  const child = spawn(process.execPath, ['--conditions=millstream-source', main, ...args], {
    cwd: base,
    env: { ...process.env, XDG_STATE_HOME: path.join(base, 'state'), PATH: base },
  });
  started.push(child);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    output.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output.stderr += chunk;
  });
  const exit = once(child, 'close').then(([code]) => code as number | null);
  return { child, output, exit };
}

/** What a page does with the printed address. */
async function openPipe(line: string): Promise<WebSocket> {
  const { origin, host, hash } = new URL(line.split(' ').at(-1) ?? '');
  const { headers } = await fetch(`${origin}/session`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ token: hash.replace('#token=', '') }),
  });
  const cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
  const socket = new WebSocket(`ws://${host}/session/pipe`, { headers: { origin, cookie } });
  await once(socket, 'open');
  return socket;
}

const ready = { timeout: 30_000, interval: 50 };

describe('the web program', { timeout: 60_000 }, () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('prints one line and serves until %s', async (signal) => {
    const { child, output, exit } = start('--no-open');
    await vi.waitFor(() => expect(output.stdout).toContain('\n'), ready);
    const line = /^Millstream is at (http:\/\/127\.0\.0\.1:\d+)\/#token=[\w-]{43}\n$/.exec(output.stdout);
    expect(line).not.toBeNull();
    const address = line?.[1] ?? '';
    expect((await fetch(`${address}/session`)).status).toBe(401);
    child.kill(signal);
    expect(await exit).toBe(0);
    expect(output.stderr).toBe('');
    await expect(fetch(address)).rejects.toThrow();
  });

  it('ends with a window open and a sandbox running in it', async () => {
    const { child, output, exit } = start('--no-open');
    await vi.waitFor(() => expect(output.stdout).toContain('\n'), ready);
    const client = createClient(contract, createSocketTransport(await openPipe(output.stdout.trim())));
    const closed = new Promise((resolve) => client.onClose(resolve));
    const { cluster } = await client.sandbox.start({ text: await readFile(orders, 'utf8') });
    await new Promise<void>((resolve) => client.sandbox.watch({ cluster }, { event: () => resolve() }));
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
    expect(output.stderr).toBe('');
    await closed;
  });

  it('goes on when there is no browser to open', async () => {
    const { child, output, exit } = start();
    await vi.waitFor(() => expect(output.stderr).toContain('No browser could be opened'), ready);
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
  });

  it('says what is wrong in one line', async () => {
    await writeFile(path.join(base, 'notes.txt'), '');
    const cases: readonly [string[], RegExp][] = [
      [['--port', 'x'], /^--port takes a whole number.*"x"\.\n$/],
      [['--prot', '1'], /^Unknown option '--prot'.*--port.*\n$/],
      [['missing.millstream.json'], /^There is no design missing\.millstream\.json in \/.+\.\n$/],
      [['notes.txt'], /^notes\.txt is not a design: .*\n$/],
      [['--folder', 'nowhere'], /^There is no folder nowhere in \/.+\.\n$/],
      [['--kafka', 'localhost'], /^--kafka takes host:port.*\n$/],
      [['--sandbox', '--kafka', 'h:1'], /^Option '--sandbox' cannot be used with .*\n$/],
    ];
    const results = await Promise.all(
      cases.map(async ([args, words]) => {
        const { output, exit } = start(...args);
        return { code: await exit, ...output, words };
      }),
    );
    for (const { code, stdout, stderr, words } of results) {
      expect(stderr).toMatch(words);
      expect([code, stdout]).toEqual([2, '']);
    }
  });

  it('says that the port is taken', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const address = blocker.address();
    const port = address && typeof address === 'object' ? address.port : 0;
    const { output, exit } = start('--no-open', '--port', String(port));
    expect(await exit).toBe(2);
    expect(output.stderr).toBe(`Port ${port} is taken; choose another with --port, or leave it out.\n`);
    blocker.close();
  });
});
