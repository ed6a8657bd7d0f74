import { expect, test } from 'vitest';
import { foreignKeyScenarios } from '../../../test/foreign-key-scenarios.ts';
import { recordedAnswers, runScenario } from '../../../test/table-scenario.ts';
import { TopologyTestDriver } from '../../../testing/topology-test-driver.ts';
import { Serdes } from '../../serdes.ts';
import { StreamsBuilder } from '../../streams-builder.ts';

test.each(foreignKeyScenarios)(
  'foreign-key joins as recorded from Kafka Streams 4.3.1: $name',
  (scenario) => {
    expect(runScenario(scenario)).toEqual(recordedAnswers('foreign-keys-4.3.1.txt', scenario.name));
  },
);

const text = { key: Serdes.string(), value: Serdes.string() };

function spread(topicPartitions: Readonly<Record<string, number>>, left: boolean) {
  const builder = new StreamsBuilder();
  const orders = builder.table('orders', { ...text, store: 'orders' });
  const customers = builder.table('customers', text);
  const customerOf = (value: string): string => value.slice(0, 2);
  const pair = (one: string, two: string | null): string => `${one}/${two}`;
  const options = { name: 'j', materialized: { name: 'joined', ...text } };
  const joined = left
    ? orders.leftJoin(customers, customerOf, pair, options)
    : orders.join(customers, customerOf, pair, options);
  joined.toStream().to('out');
  const driver = new TopologyTestDriver(builder.build(), { applicationId: 'app', topicPartitions });
  const order = driver.createInputTopic('orders', text.key, text.value);
  const customer = driver.createInputTopic('customers', text.key, text.value);
  for (let index = 0; index < 400; index += 1) {
    const number = (index * 7919) % 97;
    const value = number % 9 === 0 ? null : `c${number % 8}-${index}`;
    if (index % 3 > 0) order.pipeInput(`o${number % 31}`, value, { timestamp: index });
    else customer.pipeInput(`c${number % 8}`, value, { timestamp: index });
  }
  return driver;
}

test.each([true, false])('partitions of the two tables are independent (left join: %s)', (left) => {
  const one = spread({ orders: 1, customers: 1 }, left);
  const many = spread({ orders: 5, customers: 3, out: 5 }, left);
  const rows = (driver: TopologyTestDriver) => [...driver.getKeyValueStore('joined').all()];
  expect(rows(many)).toEqual(rows(one));
  expect(rows(one).length).toBeGreaterThan(15);
  const partitionsOf = (topic: string) =>
    new Map(many.records(topic).map(({ key, partition }) => [String(key), partition]));
  const orders = partitionsOf('orders');
  for (const [key, partition] of partitionsOf('app-j-subscription-response-topic')) {
    expect(orders.get(key)).toBe(partition);
  }
  expect(new Set(orders.values()).size).toBe(5);
});

test('the topics of a foreign-key join are repartition topics', () => {
  const builder = new StreamsBuilder();
  const table = builder.table('t', text);
  table.join(
    table,
    (value) => value,
    (one, two) => one + two,
    { name: 'j' },
  );
  const plan = builder.build().plan('app');
  const repartition = plan.internalTopics.filter(({ kind }) => kind === 'repartition');
  expect(repartition.map(({ name }) => name)).toEqual([
    'app-j-subscription-registration-topic',
    'app-j-subscription-response-topic',
  ]);
  for (const { configs } of repartition) {
    expect(configs).toMatchObject({ 'cleanup.policy': 'delete', 'retention.ms': '-1' });
  }
});

test('a join that does not know how its rows are written says what is missing', () => {
  const builder = new StreamsBuilder();
  const table = builder.table('t', text);
  const mapped = table.mapValues((value) => value.length);
  const join = () =>
    mapped.join(
      table,
      (value) => String(value),
      (one, two) => one + two,
      { name: 'j' },
    );
  expect(join).toThrow('The value of the left table of join "j" has no serde');
});
