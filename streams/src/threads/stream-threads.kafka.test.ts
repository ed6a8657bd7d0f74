import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../test/kafka-judge.ts';
import { StreamsRunner } from '../../test/streams-runner.ts';
import { type StreamsThreads, startThreads } from './stream-threads.ts';

const module = new URL('../../test/threads-module.ts', import.meta.url);
const KEYS = 40;
let runner: StreamsRunner;
let running: StreamsThreads | null = null;

beforeAll(async () => {
  runner = await StreamsRunner.start();
});

afterEach(() => running?.close());
afterAll(() => runner?.stop());

async function prepare(application: string): Promise<void> {
  process.env.THREADS_APP = application;
  process.env.THREADS_BOOTSTRAP = runner.cluster.bootstrapServers[0];
  await runner.judge.createTopics({ [`${application}-in`]: 4, [`${application}-out`]: 4 });
}

function send(application: string, rounds: number): Promise<void> {
  const messages = Array.from({ length: KEYS * rounds }, (_, index) => ({
    key: `k${index % KEYS}`,
    value: 'v',
  }));
  return runner.judge.produce(`${application}-in`, messages);
}

test('two threads share the tasks, count exactly once, add their figures up and end in order', async () => {
  await prepare('shared');
  running = await startThreads(module, { threads: 2 });
  const threads = running;
  const states: string[] = [];
  threads.onStateChange((state) => states.push(state));
  await eventually('both threads have tasks', async () => {
    const { threads: each } = await threads.metrics();
    return each.length === 2 && each.every(({ tasks }) => tasks === 2);
  });
  await send('shared', 25);
  // Committed, not only processed: what a failed transaction had processed is processed again.
  await eventually('all is committed', async () => (await runner.judge.lag('shared', 'shared-in')) === 0);
  const { recordsProcessed: total, threads: each } = await threads.metrics();
  const shares = each.map(({ recordsProcessed }) => recordsProcessed);
  expect(shares.every((share) => share > 0)).toBe(true);
  expect(total).toBe(shares.reduce((sum, share) => sum + share, 0));
  expect(total).toBeGreaterThanOrEqual(KEYS * 25);
  await threads.close();
  expect(threads.state).toBe('NOT_RUNNING');
  expect(states.slice(-2)).toEqual(['PENDING_SHUTDOWN', 'NOT_RUNNING']);
  // A transaction has ended before its markers are in all partitions; until then readers see nothing of it.
  let counts: number[] = [];
  await eventually('all counts can be read', async () => {
    const table = await runner.judge.readTable('shared-out');
    counts = [...table.values()].map((value) => Number(value.readBigInt64BE(0)));
    return counts.reduce((sum, count) => sum + count, 0) >= KEYS * 25;
  });
  expect(counts).toEqual(Array(KEYS).fill(25));
});

test('an error in one thread ends all, with its words', async () => {
  await prepare('failing');
  running = await startThreads(module, { threads: 2 });
  const threads = running;
  const failed = new Promise<Error>((resolve) => threads.onError(resolve));
  await runner.judge.produce('failing-in', [{ key: 'k', value: 'poison' }]);
  expect((await failed).message).toContain('this value is not for me');
  expect(threads.state).toBe('ERROR');
});

test('an error that nobody catches in a thread ends all, and is told', async () => {
  await prepare('unheard');
  running = await startThreads(module, { threads: 2 });
  const threads = running;
  const failed = new Promise<Error>((resolve) => threads.onError(resolve));
  await runner.judge.produce('unheard-in', [{ key: 'k', value: 'unheard' }]);
  expect((await failed).message).toBe('nobody waits for this');
  expect((await threads.metrics()).threads).toEqual([]);
});

test('a thread that never comes to its end does not hold close up for ever', async () => {
  await prepare('endless');
  running = await startThreads(module, { threads: 2 });
  await runner.judge.produce('endless-in', [{ key: 'k', value: 'endless' }]);
  await eventually('one thread is lost', async () => {
    const late = new Promise<true>((resolve) => setTimeout(() => resolve(true), 1_000));
    return (await Promise.race([running?.metrics(), late])) === true;
  });
  await running.close({ timeoutMs: 500 });
  expect(running.state).toBe('NOT_RUNNING');
});

test('what is wrong before the start is said by the call', async () => {
  await expect(startThreads(module, { threads: 0 })).rejects.toThrow('threads must be a whole number');
  const nothing = new URL('data:text/javascript,export const other = 1;');
  await expect(startThreads(nothing, { threads: 2 })).rejects.toThrow('exports no function "createStreams"');
  process.env.THREADS_APP = 'without-topics';
  process.env.THREADS_BOOTSTRAP = runner.cluster.bootstrapServers[0];
  await expect(startThreads(module, { threads: 2 })).rejects.toThrow('does not exist; create it first');
});
