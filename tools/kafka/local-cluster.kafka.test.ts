import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Admin, Consumer, Producer, stringDeserializers, stringSerializers } from '@platformatic/kafka';
import { afterEach, expect, test } from 'vitest';
import { readRunRecord, runningBrokers, sweepAbandonedRuns } from './cluster-record.ts';
import { isPortFree } from './free-port.ts';
import { type LocalCluster, startLocalCluster } from './local-cluster.ts';

let cluster: LocalCluster | undefined;

afterEach(async () => {
  await cluster?.stop();
  cluster = undefined;
});

test('a broker takes a topic and a record, gives the record back, and leaves nothing behind', async () => {
  cluster = await startLocalCluster();
  const { bootstrapServers, folder, brokers } = cluster;
  await createTopic(bootstrapServers, 'orders', 1);
  await produce(bootstrapServers, 'orders', { key: 'order-1', value: 'created' });
  expect(await readFirst(bootstrapServers, 'orders')).toEqual({ key: 'order-1', value: 'created' });

  const pid = brokers[0]?.pid ?? 0;
  expect(isProcessAlive(pid)).toBe(true);
  await cluster.stop();
  expect(isProcessAlive(pid)).toBe(false);
  expect(existsSync(folder)).toBe(false);
});

test('three brokers hold three replicas and keep serving while the leader is killed', async () => {
  cluster = await startLocalCluster({ brokers: 3, properties: { 'min.insync.replicas': '2' } });
  const { bootstrapServers, brokers } = cluster;
  await createTopic(bootstrapServers, 'orders', 3);
  const leaderId = await findLeader(bootstrapServers, 'orders');
  const leader = brokers.find(({ id }) => id === leaderId);
  await leader?.kill();
  expect(isProcessAlive(leader?.pid ?? 0)).toBe(false);
  const alive = brokers.filter((broker) => broker !== leader);
  const others = alive.map(({ port }) => `127.0.0.1:${port}`);
  await expect
    .poll(() => findLeader(others, 'orders'), { timeout: 30_000 })
    .toBeOneOf(alive.map(({ id }) => id));
  await produce(others, 'orders', { key: 'order-1', value: 'created' });
  await leader?.restart();
  expect(isProcessAlive(leader?.pid ?? 0)).toBe(true);
  expect(await readFirst(bootstrapServers, 'orders')).toEqual({ key: 'order-1', value: 'created' });
});

test("data in a folder of one's own is there again after a stop", async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'millstream-data-'));
  try {
    cluster = await startLocalCluster({ dataDir });
    const { clusterId } = cluster;
    await createTopic(cluster.bootstrapServers, 'orders', 1);
    await produce(cluster.bootstrapServers, 'orders', { key: 'order-1', value: 'created' });
    await cluster.stop();
    cluster = await startLocalCluster({ dataDir });
    expect(cluster.clusterId).toBe(clusterId);
    expect(await readFirst(cluster.bootstrapServers, 'orders')).toEqual({ key: 'order-1', value: 'created' });
  } finally {
    await cluster?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});

test('a cluster ends when its signal is aborted', async () => {
  const ending = new AbortController();
  cluster = await startLocalCluster({ signal: ending.signal });
  const [broker] = cluster.brokers;
  ending.abort();
  await cluster.stop();
  expect(isProcessAlive(broker?.pid ?? 0)).toBe(false);
});

test('a cluster does not outlive an owner that is killed outright', async () => {
  const folder = await startInProcessAndKillIt();
  const record = readRunRecord(folder);
  expect(record?.brokers).toHaveLength(1);
  expect(await sweepAbandonedRuns()).toBeGreaterThan(0);
  expect(record && runningBrokers(record)).toEqual([]);
  expect(existsSync(folder)).toBe(false);
});

test('a taken port is named in one sentence', async () => {
  cluster = await startLocalCluster();
  const port = cluster.brokers[0]?.port ?? 0;
  expect(await isPortFree(port)).toBe(false);
  await expect(startLocalCluster({ ports: [port] })).rejects.toThrow(
    `Kafka did not start because 127.0.0.1:${port} is taken by another program: end it or choose other ports.`,
  );
});

test('a property that Kafka refuses is named in one sentence', async () => {
  const properties = { 'num.io.threads': 'many' };
  await expect(startLocalCluster({ properties })).rejects.toThrow(/^Kafka did not start, .*num\.io\.threads/);
});

async function startInProcessAndKillIt(): Promise<string> {
  const module = JSON.stringify(path.join(import.meta.dirname, 'local-cluster.ts'));
  const program = `
    const { startLocalCluster } = await import(${module});
    console.log((await startLocalCluster()).folder);
    setInterval(() => {}, 1000);`;
  const owner = spawn(process.execPath, ['--input-type=module', '--eval', program]);
  for await (const text of owner.stdout.setEncoding('utf8')) {
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    return text.trim();
  }
  throw new Error('The owner ended without starting a cluster.');
}

async function createTopic(bootstrapBrokers: string[], topic: string, replicas: number): Promise<void> {
  const admin = new Admin({ clientId: 'test', bootstrapBrokers });
  try {
    await admin.createTopics({ topics: [topic], partitions: 1, replicas });
  } finally {
    await admin.close();
  }
}

async function findLeader(bootstrapBrokers: string[], topic: string): Promise<number | undefined> {
  const admin = new Admin({ clientId: 'test', bootstrapBrokers });
  try {
    const { topics } = await admin.metadata({ topics: [topic] });
    return topics.get(topic)?.partitions[0]?.leader;
  } finally {
    await admin.close();
  }
}

async function produce(bootstrapBrokers: string[], topic: string, record: { key: string; value: string }) {
  const producer = new Producer({ clientId: 'test', bootstrapBrokers, serializers: stringSerializers });
  try {
    await producer.send({ messages: [{ topic, ...record }], acks: -1 });
  } finally {
    await producer.close();
  }
}

async function readFirst(bootstrapBrokers: string[], topic: string) {
  const options = { clientId: 'test', groupId: 'test', bootstrapBrokers, deserializers: stringDeserializers };
  const consumer = new Consumer(options);
  try {
    const stream = await consumer.consume({ topics: [topic], mode: 'earliest' });
    for await (const { key, value } of stream) return { key, value };
    return undefined;
  } finally {
    await consumer.close(true);
  }
}

function isProcessAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
