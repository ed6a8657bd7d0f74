import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClusterPort } from '#main/clusters/cluster-port.ts';
import { connectKafka } from '#main/clusters/kafka/connect-kafka.ts';
import { type LocalCluster, startLocalCluster } from '#tools/kafka/local-cluster.ts';
import { type CliBench, createCliBench } from './cli-bench.ts';

let kafka: LocalCluster;
let port: ClusterPort;
let bench: CliBench;
let bootstrap: string;
beforeAll(async () => {
  kafka = await startLocalCluster();
  bootstrap = kafka.bootstrapServers.join(',');
  port = await connectKafka(bootstrap);
  bench = await createCliBench();
  await port.createTopics([
    { name: 'payments', partitions: 2, replication: 1, configs: {} },
    { name: 'app-totals-changelog', partitions: 1, replication: 1, configs: { 'cleanup.policy': 'compact' } },
  ]);
  const record = (key: string, value: string | null) => ({
    partition: 0,
    key: Buffer.from(key),
    value: value === null ? null : Buffer.from(value),
  });
  await port.produce(
    'payments',
    [1, 2, 3, 4, 5].map((n) => record(`k${n}`, `{"n":${n}}`)),
  );
  await port.produce('payments', [record('\u001b[2J', '\u202etxt')]);
  await port.produce('app-totals-changelog', [
    record('a', '1'),
    record('b', '2'),
    record('a', '3'),
    record('b', null),
  ]);
});
afterAll(async () => {
  await bench?.remove();
  await port?.close();
  await kafka?.stop();
});

const inspect = (...args: string[]) => bench.run('inspect', ...args, '--bootstrap', bootstrap);

async function inspectJson(...args: string[]) {
  const { code, stdout, stderr } = await inspect(...args, '--json');
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

describe('millstream inspect', () => {
  it('lists topics', async () => {
    const { code, stdout, stderr } = await inspect('topics');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^TOPIC +PARTITIONS/);
    expect(stdout).toMatch(/^payments +2 +1 +0 +0$/m);
    const { topics } = await inspectJson('topics');
    expect(topics).toContainEqual(expect.objectContaining({ name: 'payments', partitions: 2 }));
  });

  it('shows the partitions of a topic', async () => {
    const { partitions } = await inspectJson('partitions', 'payments');
    expect(partitions).toMatchObject([
      { partition: 0, startOffset: 0, endOffset: 6 },
      { partition: 1, startOffset: 0, endOffset: 0 },
    ]);
    const { stdout } = await inspect('partitions', 'payments');
    expect(stdout).toMatch(/^ +0 +1 +1 +1 +0 +6 +6 +6$/m);
  });

  it('says that there are no groups, and no lag', async () => {
    expect((await inspect('groups')).stdout).toBe('The cluster has no groups.\n');
    expect((await inspect('lag')).stdout).toBe('No group has committed anything.\n');
    expect(await inspectJson('groups')).toEqual({ groups: [] });
  });

  it('gives the end of a topic, as lines and as JSON lines', async () => {
    const asText = await inspect('tail', 'payments', '--from', 'last:2', '--no-follow');
    expect([asText.code, asText.stderr]).toEqual([0, '']);
    expect(asText.stdout).toMatch(
      /^\S+Z {2}0:4 {2}k5 {2}\{"n":5\}\n\S+Z {2}0:5 {2}0x1b5b324a {2}\\u202etxt\n$/,
    );
    const asJson = await inspect('tail', 'payments', '--from', 'start', '--limit', '3', '--json');
    const offsets = asJson.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).offset);
    expect([asJson.code, offsets]).toEqual([0, [0, 1, 2]]);
  });

  it('takes a filter, and says in one line what is wrong with one', async () => {
    const found = await inspect(
      'tail',
      'payments',
      '--from',
      'start',
      '--no-follow',
      '--filter',
      'offset == 3',
    );
    expect(found.stdout).toMatch(/^\S+ {2}0:3 {2}k4 {2}\{"n":4\}\n$/);
    const broken = await inspect('tail', 'payments', '--filter', 'offset ==');
    expect(broken.stderr).toMatch(/^[^\n]+\n$/);
    expect([broken.code, broken.stdout]).toEqual([2, '']);
  });

  it('reads a state store from its changelog', async () => {
    const content = await inspectJson('store', 'app-totals-changelog', '--kind', 'keyValue');
    expect(content).toMatchObject({ keys: 1, scanned: 4, stopped: 'end', kind: 'keyValue' });
    const { stdout } = await inspect('store', 'app-totals-changelog');
    expect(stdout).toMatch(
      /^KEY +VALUE +PARTITION +OFFSET\na +3 +0 +2\n1 keys, read as keyValue \(inferred\)/,
    );
  });

  it('says that there is no such topic or group', async () => {
    for (const args of [
      ['partitions', 'none'],
      ['tail', 'none'],
      ['store', 'none'],
      ['lag', 'none'],
    ]) {
      const { code, stdout, stderr } = await inspect(...args);
      expect(stderr).toMatch(/^[^\n]*none[^\n]*\n$/);
      expect([code, stdout]).toEqual([2, '']);
    }
  });

  it('ends a tail that follows with SIGTERM, quietly', async () => {
    const { code, stderr } = await bench.runUntil('k5', 'SIGTERM', [
      'inspect',
      'tail',
      'payments',
      '--bootstrap',
      bootstrap,
    ]);
    expect([code, stderr]).toEqual([0, '']);
  });
});
