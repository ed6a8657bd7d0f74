import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../test/kafka-judge.ts';
import { parseExposition } from '../../test/parse-exposition.ts';
import { StreamsRunner, text } from '../../test/streams-runner.ts';
import { wordCountTopology } from '../../test/word-count-topology.ts';
import { HttpService } from '../http/http-service.ts';
import { addStoreRoutes, serveStores } from '../http/store-routes.ts';
import { waitFor } from '../http/wait-for.ts';
import { partitionForKey } from '../partitioner.ts';
import { Serdes } from '../serdes.ts';
import { StreamsBuilder } from '../streams-builder.ts';
import type { Topology } from '../topology.ts';
import { timeWindowedSerde } from '../windowed-serdes.ts';
import { TimeWindows } from '../windows.ts';
import { KafkaStreams } from './kafka-streams.ts';
import type { KafkaStreamsConfig } from './kafka-streams-config.ts';
import { createProducer } from './stream-producer.ts';

let runner: StreamsRunner;

beforeAll(async () => {
  runner = await StreamsRunner.start();
});

afterEach(() => runner.cleanUp());
afterAll(() => runner?.stop());

async function start(topology: Topology, applicationId: string, config: Partial<KafkaStreamsConfig> = {}) {
  return (await runner.run(topology, applicationId, config)).streams;
}

test('at least once: a graceful restart goes on where it stopped, with its store', async () => {
  await runner.judge.createTopics({ 'alo-lines': 3, 'alo-counts': 3 });
  const first = await start(wordCountTopology('alo-'), 'alo');
  await runner.judge.produce('alo-lines', [{ key: '1', value: 'a b a' }], true);
  await eventually('counted', () => first.store<string, number>('counts').get('a') === 2);
  await first.close();
  expect(first.state).toBe('NOT_RUNNING');
  expect(await runner.judge.lag('alo', 'alo-lines')).toBe(0);
  const second = await start(wordCountTopology('alo-'), 'alo');
  expect([...second.store('counts').all()]).toEqual([
    ['a', 2],
    ['b', 1],
  ]);
  expect(second.metrics().recordsRestored).toBe(3);
  await runner.judge.produce('alo-lines', [{ key: '2', value: 'a' }]);
  await eventually('counted on', () => second.store<string, number>('counts').get('a') === 3);
  await second.close();
  const counts = await runner.judge.readTable('alo-counts');
  expect(Serdes.long().deserialize(counts.get('a') ?? Buffer.alloc(0))).toBe(3);
});

test('joins with a table and a global table that were there before, and passes headers on', async () => {
  await runner.judge.createTopics({
    'join-orders': 2,
    'join-customers': 2,
    'join-regions': 3,
    'join-out': 2,
  });
  await runner.judge.produce('join-regions', [
    { key: 'n', value: 'north' },
    { key: 's', value: 'south' },
  ]);
  await runner.judge.produce('join-customers', [
    { key: 'c1', value: 'carl-n', timestamp: '1' },
    { key: 'c2', value: 'sue-s', timestamp: '1' },
  ]);
  await runner.judge.produce('join-orders', [
    { key: 'o1', value: 'c1', timestamp: '2', headers: { trace: 'abc' } },
    { key: 'o2', value: 'c2', timestamp: '3' },
    { key: 'o3', value: 'c3', timestamp: '4' },
  ]);
  const builder = new StreamsBuilder();
  const customers = builder.table('join-customers', { ...text, store: 'customers' });
  const regions = builder.globalTable('join-regions', { ...text, store: 'regions' });
  builder
    .stream('join-orders', text)
    .map((order, customer): [string, string] => [customer, order])
    .join(customers, (order, customer) => `${order} ${customer}`, { name: 'by-customer', ...text })
    .join(
      regions,
      (_key, value) => value.slice(-1),
      (value, region) => `${value} ${region}`,
    )
    .to('join-out', { value: Serdes.string() });
  const streams = await start(builder.build(), 'join', { processingGuarantee: 'exactly_once_v2' });
  expect(streams.store('regions').get('n')).toBe('north');
  await eventually('joined', async () => (await runner.judge.readAll('join-out')).length === 2);
  const records = await runner.judge.readAll('join-out');
  const byKey = new Map(records.map((record) => [record.key, record]));
  expect(byKey.get('c1')?.value?.toString()).toBe('o1 carl-n north');
  expect(byKey.get('c2')?.value?.toString()).toBe('o2 sue-s south');
  expect(byKey.get('c1')?.timestamp).toBe(2);
  expect(byKey.get('c1')?.headers?.trace?.toString()).toBe('abc');
  for (const { key, partition } of records)
    expect(partition).toBe(partitionForKey(Buffer.from(key ?? ''), 2));
  await runner.judge.produce('join-regions', [{ key: 'n', value: 'far north' }]);
  await eventually('the global table follows', () => streams.store('regions').get('n') === 'far north');
});

test('windowed counts survive a restart and are written with Kafka Streams keys', async () => {
  await runner.judge.createTopics({ 'win-clicks': 1, 'win-out': 1 });
  const topology = (): Topology => {
    const builder = new StreamsBuilder();
    builder
      .stream('win-clicks', text)
      .groupByKey()
      .windowedBy(TimeWindows.ofSizeAndGrace(1_000, 60_000))
      .count({ name: 'clicks' })
      .toStream()
      .to('win-out');
    return builder.build();
  };
  const first = await start(topology(), 'win', { processingGuarantee: 'exactly_once_v2' });
  const clicks = (...times: number[]) =>
    runner.judge.produce(
      'win-clicks',
      times.map((time) => ({ key: 'a', value: 'x', timestamp: String(time) })),
    );
  await clicks(100_100, 100_900, 101_100);
  await eventually('counted', () => first.windowStore('clicks').fetch('a', 100_000) === 2);
  await first.close();
  const second = await start(topology(), 'win', { processingGuarantee: 'exactly_once_v2' });
  expect([...second.windowStore('clicks').fetchRange('a', 0, 200_000)]).toEqual([
    [100_000, 2],
    [101_000, 1],
  ]);
  await clicks(100_500);
  await eventually('counted on', () => second.windowStore('clicks').fetch('a', 100_000) === 3);
  await eventually('committed', async () => (await runner.judge.readAll('win-out')).length === 4);
  const serde = timeWindowedSerde(Serdes.string(), 1_000);
  const output = (await runner.judge.readAll('win-out')).map(({ key, value }) => [
    serde.deserialize(Buffer.from(key ?? '')).window.start,
    Serdes.long().deserialize(value ?? Buffer.alloc(0)),
  ]);
  expect(output.map(([, count]) => count)).toEqual([1, 2, 1, 3]);
});

test('answers queries over HTTP, and waits for a write to arrive', async () => {
  await runner.judge.createTopics({ 'http-lines': 2, 'http-counts': 2 });
  const streams = await start(wordCountTopology('http-'), 'http');
  const server = await serveStores(streams);
  const producer = createProducer({ bootstrapServers: runner.cluster.bootstrapServers, clientId: 'gateway' });
  const waiting = waitFor<number>(streams, {
    store: 'counts',
    key: 'word',
    predicate: (value) => value === 2,
    timeoutMs: 20_000,
  });
  await Promise.all([
    producer.send('http-lines', 'k1', 'word', text),
    producer.send('http-lines', 'k2', 'word other', text),
  ]);
  expect(await waiting).toBe(2);
  const get = async (path: string): Promise<{ status: number; body: unknown }> => {
    const response = await fetch(`${server.url}${path}`);
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
    return { status: response.status, body: isJson ? await response.json() : await response.text() };
  };
  expect(await get('/stores/counts/word')).toEqual({ status: 200, body: { key: 'word', value: 2 } });
  expect((await get('/stores/counts/none')).status).toBe(404);
  expect(await get('/stores/counts?limit=1')).toEqual({
    status: 200,
    body: { store: 'counts', entries: [{ key: 'other', value: 1 }], more: true },
  });
  expect((await get('/health')).body).toMatchObject({ state: 'RUNNING' });
  const metrics = parseExposition(String((await get('/metrics')).body));
  const sum = (name: string): number =>
    (metrics.get(`millstream_streams_${name}`)?.samples ?? []).reduce((total, { value }) => total + value, 0);
  expect(sum('records_processed_total')).toBe(5);
  expect(sum('store_entries')).toBe(2);
  expect(sum('lag_records')).toBe(0);
  expect(sum('tasks')).toBe(4);
  const produced = metrics.get('millstream_streams_records_produced_total')?.samples ?? [];
  expect(produced.find(({ labels }) => labels.topic === 'http-counts')?.value).toBe(3);
  await streams.close();
  expect((await get('/stores/counts/word')).status).toBe(503);
  await Promise.all([server.close(), producer.close()]);
});

test('a missing topic, differing partitions or a changed internal topic is said before anything is read', async () => {
  await runner.judge.createTopics({
    'bad-left': 2,
    'bad-right': 3,
    'bad-out': 1,
    'badcopy-counts': 1,
    'badcopy-lines': 2,
  });
  const joining = (left: string, right: string): Topology => {
    const builder = new StreamsBuilder();
    const table = builder.table(right, { ...text, store: 'right' });
    builder
      .stream(left, text)
      .join(table, (one, two) => one + two, { name: 'joined' })
      .to('bad-out', { value: Serdes.string() });
    return builder.build();
  };
  await expect(runner.make(joining('bad-nowhere', 'bad-right'), 'bad-1').start()).rejects.toThrow(
    'Source topic "bad-nowhere" does not exist',
  );
  await expect(runner.make(joining('bad-left', 'bad-right'), 'bad-2').start()).rejects.toThrow(
    'bad-left has 2, bad-right has 3',
  );
  await runner.judge.createTopics({ 'badcopy-counts-changelog': 5 });
  const changed = runner.make(wordCountTopology('badcopy-'), 'badcopy');
  await expect(changed.start()).rejects.toThrow('has 5 partitions but the topology needs 2');
  expect(changed.state).toBe('ERROR');
  await expect(
    new KafkaStreams(wordCountTopology('x-'), {
      applicationId: 'x',
      bootstrapServers: ['127.0.0.1:1'],
    }).start(),
  ).rejects.toThrow('No broker answers at 127.0.0.1:1');
});

test('an error in a step ends the instance and names the step and the record', async () => {
  await runner.judge.createTopics({ 'err-in': 1, 'err-out': 1 });
  const builder = new StreamsBuilder();
  builder
    .stream('err-in', text)
    .mapValues(
      (value) => {
        if (value === 'bad') throw new Error('cannot do that');
        return value;
      },
      { name: 'careful' },
    )
    .to('err-out', { value: Serdes.string() });
  const streams = await start(builder.build(), 'err', { processingGuarantee: 'exactly_once_v2' });
  const failed = new Promise<unknown>((resolve) => streams.onError(resolve));
  await runner.judge.produce('err-in', [
    { key: '1', value: 'good' },
    { key: '2', value: 'bad' },
  ]);
  expect(String(await failed)).toBe(
    'ProcessingError: Step "careful" of task 0_0 failed at err-in-0 offset 1: cannot do that',
  );
  expect(streams.state).toBe('ERROR');
});

test('consumed records of repartition topics are deleted', async () => {
  await runner.judge.createTopics({ 'purge-lines': 1, 'purge-counts': 1 });
  const streams = await start(wordCountTopology('purge-'), 'purge', {
    processingGuarantee: 'exactly_once_v2',
    repartitionPurgeIntervalMs: 200,
  });
  await eventually('purged', async () => {
    await runner.judge.produce('purge-lines', [{ key: '1', value: 'a b' }]);
    return (await runner.judge.firstOffset('purge-words-repartition')) > 2;
  });
  expect(streams.state).toBe('RUNNING');
});

test('routes can be mixed with those of a gateway', async () => {
  const streams = new KafkaStreams(wordCountTopology('y-'), {
    applicationId: 'y',
    bootstrapServers: runner.cluster.bootstrapServers,
  });
  const service = new HttpService({ ready: () => streams.state === 'RUNNING' });
  addStoreRoutes(service, streams);
  const { url } = await service.listen();
  expect((await fetch(`${url}/health`)).status).toBe(503);
  expect((await fetch(`${url}/stores`)).status).toBe(503);
  await service.close();
});
