import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type LocalCluster, startLocalCluster } from '#tools/kafka/local-cluster.ts';
import type { ClusterPort } from '../cluster-port.ts';
import { connectKafka } from './connect-kafka.ts';

const ending: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

describe('connecting to what is no cluster', () => {
  it('tells that nobody is there', async () => {
    const { port, server } = await listen(() => undefined);
    await new Promise((resolve) => server.close(resolve));
    const address = `127.0.0.1:${port}`;
    await expectUnreachable(
      address,
      `No Kafka broker answers at ${address} (connect ECONNREFUSED ${address})`,
    );
  });

  it('gives up on somebody who never answers', async () => {
    const { port } = await listen(() => undefined);
    await expectUnreachable(
      `127.0.0.1:${port}`,
      `No Kafka broker answers at 127.0.0.1:${port} (no answer within 3000 ms)`,
    );
  });

  it('gives up on somebody who speaks another protocol', async () => {
    const { port } = await listen((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await expectUnreachable(`127.0.0.1:${port}`, `127.0.0.1:${port}`);
  });

  it('says what is wrong with the address before it asks anybody', async () => {
    const refused = connectKafka('localhost');
    await expect(refused).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('has no port'),
    });
  });

  it('stops connecting when it is given up', async () => {
    const { port } = await listen(() => undefined);
    const giveUp = new AbortController();
    const connecting = connectKafka(`127.0.0.1:${port}`, { signal: giveUp.signal });
    giveUp.abort();
    await expect(connecting).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('a cluster whose brokers fail', () => {
  it('is asked again as before when its only broker comes back', async () => {
    const { kafka, port } = await start(1);
    await port.createTopics([{ name: 'kept', partitions: 2, replication: 1, configs: {} }]);
    await port.produce('kept', [{ partition: 0, key: null, value: Buffer.from('before') }]);
    await kafka.brokers[0]?.kill();
    await expect(port.listTopics()).rejects.toMatchObject({ code: 'unreachable' });
    await expect(read(port, 'kept', 0)).rejects.toMatchObject({ code: 'unreachable' });
    await expect(ends(port, 'kept', 2)).rejects.toMatchObject({ code: 'unreachable' });
    await kafka.brokers[0]?.restart();
    expect((await port.listTopics()).map(({ name }) => name)).toContain('kept');
    expect(await read(port, 'kept', 0)).toEqual(['before']);
    await port.produce('kept', [{ partition: 0, key: null, value: Buffer.from('after') }]);
    expect(await ends(port, 'kept', 2)).toEqual([2, 0]);
  });

  it('is not waited for without end while its broker is frozen', async () => {
    const { kafka, port: other } = await start(1);
    const bootstrap = kafka.bootstrapServers.join(',');
    const port = await connectKafka(bootstrap, { requestMs: 1_000, connectMs: 1_000 });
    ending.push(() => port.close());
    await kafka.brokers[0]?.kill('SIGSTOP');
    ending.push(async () => kafka.brokers[0]?.kill('SIGCONT'));
    await expect(port.listTopics()).rejects.toMatchObject({ code: 'timed-out' });
    await expect(connectKafka(bootstrap)).rejects.toMatchObject({ code: 'unreachable' });
    const patient = other.listTopics();
    await kafka.brokers[0]?.kill('SIGCONT');
    expect(await patient).toEqual([]);
    expect(await port.listTopics()).toEqual([]);
  });

  it('goes on with other leaders when one of three brokers dies', async () => {
    const { kafka, port } = await start(3);
    await port.createTopics([{ name: 'shared', partitions: 3, replication: 3, configs: {} }]);
    await port.createTopics([{ name: 'single', partitions: 3, replication: 1, configs: {} }]);
    const [layout] = await port.layoutTopics(['single']);
    const doomed = layout?.partitions[0]?.leader ?? 1;
    for (const partition of [0, 1, 2]) {
      await port.produce('shared', [{ partition, key: null, value: Buffer.from(`${partition}`) }]);
    }
    await kafka.brokers.find(({ id }) => id === doomed)?.kill();
    const isFenced = async () => (await port.describe()).brokers.length;
    await expect.poll(isFenced, { timeout: 30_000, interval: 200 }).toBe(2);
    // A new leader shows a record only once it knows that the others have it.
    for (const partition of [0, 1, 2]) {
      await expect.poll(() => read(port, 'shared', partition), { timeout: 10_000 }).toEqual([`${partition}`]);
    }
    const singles = await ends(port, 'single', 3);
    expect(singles[0]).toBeNull();
    expect(singles.filter((offset) => offset === 0)).toHaveLength(2);
    const listed = (await port.listTopics()).find(({ name }) => name === 'single');
    expect(listed).toMatchObject({ offline: 1 });
  });
});

async function start(brokers: number): Promise<{ kafka: LocalCluster; port: ClusterPort }> {
  const kafka = await startLocalCluster({ brokers });
  ending.push(() => kafka.stop());
  const port = await connectKafka(kafka.bootstrapServers.join(','));
  ending.push(() => port.close());
  return { kafka, port };
}

async function expectUnreachable(bootstrap: string, sentence: string): Promise<void> {
  const connecting = connectKafka(bootstrap);
  await expect(connecting).rejects.toMatchObject({
    code: 'unreachable',
    message: expect.stringContaining(sentence),
  });
}

async function listen(answer: (socket: import('node:net').Socket) => void) {
  const server: Server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', () => answer(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ending.push(async () => server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return { server, port: address.port };
}

async function read(port: ClusterPort, topic: string, partition: number): Promise<string[]> {
  const request = { topic, partition, from: 0, maxBytes: 1_000_000, maxWaitMs: 0 };
  const { records } = await port.read({ ...request, isolation: 'read_committed' });
  return records.map(({ value }) => Buffer.from(value ?? []).toString());
}

async function ends(port: ClusterPort, topic: string, count: number): Promise<(number | null)[]> {
  const partitions = Array.from({ length: count }, (_, partition) => ({ topic, partition }));
  return (await port.listOffsets(partitions, 'latest')).map(({ offset }) => offset);
}
