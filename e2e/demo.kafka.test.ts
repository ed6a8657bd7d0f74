import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { connectKafka } from '#main/clusters/kafka/connect-kafka.ts';
import { descendantsOf, isRunning, type RunningProcess } from './kafka/process-tree.ts';

const root = path.resolve(import.meta.dirname, '..');
const endsWithinMs = 30_000;
let child: ChildProcess | undefined;
let started: readonly RunningProcess[] = [];

afterEach(async () => {
  const left = [...started.map(({ pid }) => pid), child?.pid ?? 0].filter((pid) => pid > 0 && isRunning(pid));
  for (const pid of left) process.kill(pid, 'SIGKILL');
  child = undefined;
  started = [];
});

describe('npm run demo -- --no-open', () => {
  it('prints one line, serves, and leaves nothing at SIGTERM', { timeout: 120_000 }, async () => {
    const demo = await startDemo([], 90_000);
    await expectServed(demo.url);
    expect(demo.stdout().split('\n')).toEqual([expect.stringMatching(line), '']);
    expect(await end('SIGTERM')).toEqual([]);
    await expect(fetch(demo.url)).rejects.toThrow();
  });

  it('leaves nothing at Ctrl-C, which reaches all that a terminal has started', {
    timeout: 120_000,
  }, async () => {
    const demo = await startDemo([], 90_000);
    await expectServed(demo.url);
    expect(await end('SIGINT', 'group')).toEqual([]);
  });
});

describe('npm run demo -- --no-open --kafka', () => {
  it('starts Kafka and the services, and leaves nothing at SIGTERM', { timeout: 300_000 }, async () => {
    const demo = await startDemo(['--kafka'], 200_000);
    await expectServed(demo.url);
    expect(demo.stdout().split('\n')).toEqual([expect.stringMatching(line), '']);
    const gateway = /http:\/\/127\.0\.0\.1:\d+\/orders/.exec(demo.stderr())?.[0] ?? '';
    const order = { id: 'mine', customerId: 'me', product: 'JUMPERS', quantity: 1, priceCents: 1_000 };
    const posted = await fetch(gateway, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(order),
    });
    expect(posted.status).toBe(201);
    const bootstrap = /Kafka is at (\S+);/.exec(demo.stderr())?.[1] ?? '';
    const port = await connectKafka(bootstrap);
    const groups = async () => (await port.listGroups()).map(({ id }) => id);
    await expect.poll(groups, { timeout: 30_000 }).toContain('order-validation-service');
    await port.close();
    expect(await end('SIGTERM')).toEqual([]);
    await expect(fetch(gateway)).rejects.toThrow();
  });
});

const line = /^Millstream is at http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]+$/;

/** Starts the demo as a user does, and waits for its line. */
async function startDemo(args: readonly string[], timeLimitMs: number) {
  const demo = spawn('npm', ['run', '--silent', 'demo', '--', '--no-open', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  child = demo;
  const said = { stdout: '', stderr: '' };
  demo.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.stdout += text;
  });
  demo.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text;
  });
  const late = Date.now() + timeLimitMs;
  while (!said.stdout.includes('\n')) {
    if (demo.exitCode !== null || Date.now() > late) {
      started = descendantsOf(demo.pid ?? 0);
      throw new Error(`The demo printed no address: ${said.stderr}`);
    }
    await pause(50);
  }
  const url = /http\S+/.exec(said.stdout)?.[0] ?? '';
  return { url, stdout: () => said.stdout, stderr: () => said.stderr };
}

async function expectServed(url: string): Promise<void> {
  const answer = await fetch(url);
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('<div id=')]);
}

/** Sends a signal to `npm`, or to all of its terminal; what is left of everything that it had started. */
async function end(signal: NodeJS.Signals, to: 'npm' | 'group' = 'npm'): Promise<readonly string[]> {
  const pid = child?.pid ?? 0;
  started = descendantsOf(pid);
  expect(started.length).toBeGreaterThan(0);
  process.kill(to === 'group' ? -pid : pid, signal);
  const late = Date.now() + endsWithinMs;
  const left = () => started.filter((each) => isRunning(each.pid));
  while (left().length > 0 && Date.now() < late) await pause(100);
  return left().map(({ command }) => command);
}
