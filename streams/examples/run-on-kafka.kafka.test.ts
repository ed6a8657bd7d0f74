import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from '../test/free-port.ts';
import { eventually } from '../test/kafka-judge.ts';
import { StreamsRunner } from '../test/streams-runner.ts';

test('the example for a cluster starts, sums, answers queries, and ends in good order', async () => {
  await using stack = new AsyncDisposableStack();
  const runner = await StreamsRunner.start();
  stack.defer(() => runner.stop());
  const { cluster, judge } = runner;
  await judge.createTopics({ orders: 2, 'spent-per-customer': 1 });
  const stateDir = runner.freshDirectory();
  stack.defer(() => runner.cleanUp());

  const early = await startExample(cluster.bootstrapServers, stateDir);
  stack.defer(() => void early.kill('SIGKILL'));
  await once(early.stderr, 'data');
  early.kill('SIGTERM');
  expect(await once(early, 'exit'), 'told to stop while it starts').toEqual([0, null]);

  const child = await startExample(cluster.bootstrapServers, stateDir);
  stack.defer(() => void child.kill('SIGKILL'));
  let output = '';
  let log = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  await eventually('the example is ready', () => output.includes('ready: '));
  const url = output.match(/ready: (\S+)<customer>/)?.[1] ?? '';

  await judge.produce('orders', [
    { key: 'o1', value: '{"customer":"carla","total":5}' },
    { key: 'o2', value: '{"customer":"dan","total":1}' },
    { key: 'o3', value: '{"customer":"carla","total":2.5}' },
  ]);
  await eventually('the sum is committed', async () => {
    const answer = await fetch(`${url}carla`);
    return answer.ok && JSON.stringify(await answer.json()).includes('7.5');
  });

  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  expect(code, log).toBe(0);
  const written = await judge.readAll('spent-per-customer');
  expect(written.map(({ key, value }) => `${key} ${value?.readDoubleBE()}`).sort()).toEqual([
    'carla 5',
    'carla 7.5',
    'dan 1',
  ]);
  for (const line of log.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('message');
});

async function startExample(bootstrapServers: readonly string[], stateDir: string) {
  const program = path.join(import.meta.dirname, 'run-on-kafka.ts');
  const PORT = String(await freePort());
  return spawn(process.execPath, ['--conditions=millstream-source', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, BOOTSTRAP_SERVERS: bootstrapServers.join(','), PORT, STATE_DIR: stateDir },
  });
}
