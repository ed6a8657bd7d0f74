import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../test/kafka-judge.ts';
import { StreamsRunner, text } from '../../test/streams-runner.ts';
import { Serdes } from '../serdes.ts';
import { StreamsBuilder } from '../streams-builder.ts';
import type { Topology } from '../topology.ts';
import type { KafkaStreams } from './kafka-streams.ts';

let runner: StreamsRunner;

beforeAll(async () => {
  runner = await StreamsRunner.start();
});

afterEach(() => runner.cleanUp());
afterAll(() => runner?.stop());

async function start(topology: Topology, applicationId: string): Promise<KafkaStreams> {
  const { streams } = await runner.run(topology, applicationId, { processingGuarantee: 'exactly_once_v2' });
  return streams;
}

function foreignKeyTopology(): Topology {
  const builder = new StreamsBuilder();
  const orders = builder.table('fk-orders', { ...text, store: 'orders' });
  const customers = builder.table('fk-customers', { ...text, store: 'customers' });
  orders
    .leftJoin(
      customers,
      (value) => value.slice(0, 2),
      (order, customer) => `${order}/${customer}`,
      {
        name: 'j',
        materialized: { name: 'joined', ...text },
      },
    )
    .groupBy((_key, value) => [value.slice(0, 2), value], { name: 'by-customer', ...text })
    .count({ name: 'count' })
    .toStream()
    .to('fk-counts', { value: Serdes.long() });
  return builder.build();
}

test('a foreign-key join and a regrouping over partitions that differ, on instances that come and go', async () => {
  await runner.judge.createTopics({ 'fk-orders': 3, 'fk-customers': 2, 'fk-counts': 2 });
  const orders = new Map<string, string | null>();
  const customers = new Map<string, string | null>();
  const change = async (from: number): Promise<void> => {
    const batch = (rows: Map<string, string | null>, row: (at: number) => [string, string | null]) =>
      Array.from({ length: 60 }, (_, index) => {
        const [key, value] = row(from + index);
        rows.set(key, value);
        return { key, value };
      });
    const order = batch(orders, (at) => [
      `o${(at * 7) % 23}`,
      at % 11 === 0 ? null : `c${(at * 5) % 6}-${at}`,
    ]);
    const customer = batch(customers, (at) => [`c${(at * 3) % 6}`, at % 7 === 0 ? null : `name${at}`]);
    await runner.judge.produce('fk-orders', order);
    await runner.judge.produce('fk-customers', customer);
  };
  const expected = (): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const value of orders.values()) {
      if (value !== null) counts.set(value.slice(0, 2), (counts.get(value.slice(0, 2)) ?? 0) + 1);
    }
    return counts;
  };
  const counted = async (): Promise<Map<string, number>> => {
    const rows = [...(await runner.judge.readTable('fk-counts'))];
    return new Map(
      rows
        .map(([key, value]) => [key, Serdes.long().deserialize(value)] as const)
        .filter(([, count]) => count > 0),
    );
  };
  const agrees = async (): Promise<boolean> => {
    const [is, be] = [await counted(), expected()];
    return is.size === be.size && [...be].every(([key, count]) => is.get(key) === count);
  };
  const first = await start(foreignKeyTopology(), 'fk');
  await change(0);
  await eventually('the first changes are counted', agrees);
  const last = await start(foreignKeyTopology(), 'fk');
  await change(60);
  await eventually('the changes are counted on two instances', agrees);
  await first.close();
  await change(120);
  await eventually('the changes are counted after one has left', agrees);
  const joined = [...orders].flatMap(([key, order]) =>
    order === null ? [] : [[key, `${order}/${customers.get(order.slice(0, 2)) ?? null}`] as const],
  );
  const wanted = JSON.stringify(joined.toSorted());
  const rows = () => [...last.store<string, string>('joined').all()].toSorted();
  await eventually('all results are joined', () => JSON.stringify(rows()) === wanted);
  const answers = await runner.judge.readAll('fk-j-subscription-response-topic');
  expect(new Set(answers.map(({ partition }) => partition))).toEqual(new Set([0, 1, 2]));
}, 120_000);

function versionedTopology(): Topology {
  const builder = new StreamsBuilder();
  const prices = builder.table('v-prices', { ...text, store: 'prices', historyRetentionMs: 100_000 });
  builder
    .stream('v-orders', text)
    .join(prices, (order, price) => `${order}@${price}`, { name: 'priced', ...text, gracePeriodMs: 5_000 })
    .to('v-out', text);
  return builder.build();
}

test('versions and records that wait for them survive a restart', async () => {
  await runner.judge.createTopics({ 'v-prices': 1, 'v-orders': 1, 'v-out': 1 });
  const first = await start(versionedTopology(), 'v');
  await runner.judge.produce('v-prices', [
    { key: 'p', value: 'one', timestamp: '1000' },
    { key: 'p', value: 'three', timestamp: '3000' },
    { key: 'p', value: 'two', timestamp: '2000' },
  ]);
  await eventually(
    'the prices are there',
    () => first.versionedStore('prices').get('p', 2500)?.timestamp === 2000,
  );
  await runner.judge.produce('v-orders', [
    { key: 'p', value: 'a', timestamp: '3500' },
    { key: 'p', value: 'b', timestamp: '2500' },
  ]);
  await eventually('the orders are read', async () => (await runner.judge.lag('v', 'v-orders')) === 0);
  await first.close();
  const second = await start(versionedTopology(), 'v');
  const prices = second.versionedStore<string, string>('prices');
  expect([500, 1500, 2500, 3500].map((time) => prices.get('p', time)?.value)).toEqual([
    undefined,
    'one',
    'two',
    'three',
  ]);
  await runner.judge.produce('v-orders', [{ key: 'p', value: 'c', timestamp: '9000' }]);
  await eventually(
    'the orders that waited are out',
    async () => (await runner.judge.readAll('v-out')).length === 2,
  );
  const out = await runner.judge.readAll('v-out');
  expect(out.map(({ value, timestamp }) => [String(value), timestamp])).toEqual([
    ['b@two', 2500],
    ['a@three', 3500],
  ]);
}, 60_000);
