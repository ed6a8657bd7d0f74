import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Admin, type Message, Producer } from '@platformatic/kafka';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalCluster, startLocalCluster } from '#tools/kafka/local-cluster.ts';
import type { ClusterPort } from '../cluster-port.ts';
import { testClusterPort } from '../cluster-port-suite.ts';
import type { ClusterUnderTest } from '../cluster-under-test-suite.ts';
import { connectKafka } from './connect-kafka.ts';

let kafka: LocalCluster;
let bootstrap: string;
beforeAll(async () => {
  kafka = await startLocalCluster();
  bootstrap = kafka.bootstrapServers.join(',');
});
afterAll(() => kafka.stop());

testClusterPort('a real broker', { transactions: true, trimming: true }, openCluster);

describe('a connection to a real broker', () => {
  it.each(['gzip', 'snappy', 'lz4', 'zstd'])('reads what the broker compressed with %s', async (codec) => {
    await using port = await connected();
    const topic = `compressed-${codec}`;
    const configs = { 'compression.type': codec };
    await port.createTopics([{ name: topic, partitions: 1, replication: 1, configs }]);
    const values = Array.from({ length: 2_000 }, (_, index) => `${index} ${'lorem ipsum '.repeat(10)}`);
    await port.produce(
      topic,
      values.map((value) => ({ partition: 0, key: null, value: Buffer.from(value) })),
    );
    expect((await readValues(port, topic)).map(String)).toEqual(values);
  });

  it.each(['gzip', 'snappy', 'lz4', 'zstd'] as const)(
    'reads what a client compressed with %s',
    async (codec) => {
      await using port = await connected();
      const topic = `client-${codec}`;
      await port.createTopics([{ name: topic, partitions: 1, replication: 1, configs: {} }]);
      const producer = new Producer({ clientId: 'test', bootstrapBrokers: [bootstrap] });
      const values = Array.from({ length: 500 }, (_, index) => `${index} ${'dolor sit '.repeat(20)}`);
      await producer.send({
        compression: codec,
        messages: values.map((value) => ({ topic, partition: 0, value: Buffer.from(value) })),
      });
      await producer.close();
      expect((await readValues(port, topic)).map(String)).toEqual(values);
    },
  );

  it('gives the time of appending where the topic asks for it', async () => {
    await using port = await connected();
    const configs = { 'message.timestamp.type': 'LogAppendTime' };
    await port.createTopics([{ name: 'append-time', partitions: 1, replication: 1, configs }]);
    const before = Date.now();
    await port.produce('append-time', [{ key: null, value: null, timestamp: 1_000 }]);
    const { records } = await port.read({ ...whole('append-time'), from: 0 });
    expect(records[0]?.timestamp).toBeGreaterThanOrEqual(before - 1_000);
  });

  it('goes on after the holes of a compacted topic', async () => {
    await using port = await connected();
    const configs = {
      'cleanup.policy': 'compact',
      'segment.ms': '100',
      'min.cleanable.dirty.ratio': '0.01',
      'max.compaction.lag.ms': '100',
    };
    await port.createTopics([{ name: 'compacted', partitions: 1, replication: 1, configs }]);
    const write = (value: string) =>
      port.produce(
        'compacted',
        ['a', 'b'].map((key) => ({ key: Buffer.from(key), value: Buffer.from(value) })),
      );
    for (let round = 0; round < 50; round += 1) await write(`round ${round}`);
    const latest = async () => {
      await write('last');
      return (await readValues(port, 'compacted')).length;
    };
    // Each look appends two records; a compaction takes more than that away.
    await expect.poll(latest, { timeout: 60_000, interval: 500 }).toBeLessThan(100);
    expect((await readValues(port, 'compacted')).slice(-2).map(String)).toEqual(['last', 'last']);
  });

  it('says in one sentence why a topic was refused', async () => {
    await using port = await connected();
    const refused = port.createTopics([
      { name: 'odd', partitions: 1, replication: 1, configs: { 'no.such.setting': '1' } },
    ]);
    await expect(refused).rejects.toMatchObject({
      code: 'refused',
      message: 'The topics cannot be made: the topic "odd": Unknown topic config name: no.such.setting.',
    });
  });

  it('leaves nothing behind that keeps a program alive', async () => {
    const program = `
      import { connectKafka } from ${JSON.stringify(new URL('./connect-kafka.ts', import.meta.url).href)};
      const port = await connectKafka(${JSON.stringify(bootstrap)});
      console.log((await port.describe()).kind);
      await port.close();`;
    const args = ['--input-type=module', '--eval', program];
    const ended = await promisify(execFile)(process.execPath, args, { timeout: 20_000 });
    expect(ended.stdout.trim()).toBe('kafka');
  });
});

async function openCluster(): Promise<ClusterUnderTest> {
  const port = await connectKafka(bootstrap);
  const producers: Producer[] = [];
  const begin = async (topic: string, values: readonly string[]) => {
    const transactionalId = `test-${Math.random()}`;
    const producer = new Producer({
      clientId: 'test',
      bootstrapBrokers: [bootstrap],
      transactionalId,
      idempotent: true,
      retries: 20,
    });
    producers.push(producer);
    const transaction = await producer.beginTransaction();
    await transaction.send({
      messages: values.map((value) => ({ topic, partition: 0, value: Buffer.from(value) })),
    });
    return transaction;
  };
  return {
    port,
    async transact(topic, values, outcome) {
      const transaction = await begin(topic, values);
      await (outcome === 'commit' ? transaction.commit() : transaction.abort());
    },
    async leaveOpen(topic, values) {
      const transaction = await begin(topic, values);
      return () => transaction.abort();
    },
    async trim(topic, offset) {
      const admin = new Admin({ clientId: 'test', bootstrapBrokers: [bootstrap] });
      await admin.deleteRecords({
        topics: [{ name: topic, partitions: [{ partition: 0, offset: BigInt(offset) }] }],
      });
      await admin.close();
    },
    async close() {
      await Promise.all(producers.map((producer) => producer.close()));
      await port.close();
    },
  };
}

async function connected(): Promise<ClusterPort & AsyncDisposable> {
  const port = await connectKafka(bootstrap);
  return { ...port, [Symbol.asyncDispose]: () => port.close() };
}

function whole(topic: string) {
  return { topic, partition: 0, isolation: 'read_committed', maxBytes: 1_000_000, maxWaitMs: 0 } as const;
}

async function readValues(port: ClusterPort, topic: string): Promise<Message['value'][]> {
  const values: Buffer[] = [];
  for (let from = 0; ; ) {
    const { records, next, endOffset } = await port.read({ ...whole(topic), from });
    values.push(...records.map(({ value }) => Buffer.from(value ?? [])));
    if (next >= endOffset) return values;
    from = next;
  }
}
