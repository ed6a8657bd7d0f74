import { Consumer } from '@platformatic/kafka';
import type { ClusterPort } from '#main/clusters/cluster-port.ts';
import { ordersFile } from '../fixtures/design-folder.ts';
import { expect, test } from '../fixtures/test-with-kafka.ts';

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ kafka, port }) => {
  const configs = {};
  await port.createTopics([
    { name: 'orders', partitions: 4, replication: 1, configs },
    { name: 'not-in-the-design', partitions: 1, replication: 1, configs },
    {
      name: 'inventory-service-reservedStock-changelog',
      partitions: 4,
      replication: 1,
      configs: { 'cleanup.policy': 'compact' },
    },
  ]);
  await produceOrders(port, 0, 40);
  await port.produce('inventory-service-reservedStock-changelog', [
    record('JUMPERS', { reservedUnits: 3, orderId: 'order-1', granted: true }),
    record('JUMPERS', { reservedUnits: 17, orderId: 'order-2', granted: true }),
    { key: Buffer.from('STOCKINGS'), value: null },
  ]);
  await readAll(kafka.bootstrapServers, 'fraud-service', 40);
});

test('the window shows the topics, groups, lag, records and stores of a real cluster', async ({
  start,
  kafka,
  port,
}) => {
  test.setTimeout(90_000);
  const bootstrap = kafka.bootstrapServers.join(',');
  const window = await start(ordersFile, '--kafka', bootstrap);
  const { canvas, status } = window;
  await expect(status).toContainText('Kafka');
  const cluster = status.getByRole('button', { name: /healthy$/ });
  await expect(cluster).toContainText(bootstrap);

  const inspect = await window.goTo('Inspect');
  const topics = inspect.getByRole('listbox', { name: 'Topics' }).getByRole('option');
  await expect(topics.filter({ hasText: /^orders/ })).toContainText('40 records');
  await expect(topics.filter({ hasText: 'not-in-the-design' })).toContainText('1 partition');

  await produceOrders(port, 40, 25);
  await inspect.getByRole('tab', { name: 'Groups' }).click();
  const group = inspect.getByRole('listbox', { name: 'Groups' }).getByRole('option');
  await expect(group.filter({ hasText: 'fraud-service' })).toContainText('lag 25 records');
  await expect(group.filter({ hasText: 'fraud-service' })).toContainText('no members');
  await expect(canvas.service('Fraud')).toContainText('no members');
  await expect(canvas.service('Inventory')).toContainText('not running');

  await window.find('orders');
  await window.command('Follow the records of the selected topic');
  const records = await window.showPanel('Records');
  await expect(records).toContainText('65 records shown');
  await produceOrders(port, 900, 1);
  await expect(records.getByRole('listitem').filter({ hasText: 'order-900' })).toHaveCount(1);

  const stores = await window.showPanel('Stores');
  await stores.getByLabel('Store', { exact: true }).selectOption({ label: 'Inventory: reservedStock' });
  const entries = stores.getByRole('grid', { name: 'Store entries' }).getByRole('row');
  await expect(entries).toHaveCount(2);
  await expect(entries.nth(1)).toContainText('"reservedUnits":17');
});

test('it is only looked at: no group is joined and nothing is committed', async ({ start, kafka, port }) => {
  const before = (await port.listGroups()).map(({ id }) => id);
  const window = await start(ordersFile, '--kafka', kafka.bootstrapServers.join(','));
  await window.find('orders');
  await window.command('Follow the records of the selected topic');
  const records = await window.showPanel('Records');
  await expect(records.getByRole('listitem').first()).toBeVisible();
  expect((await port.listGroups()).map(({ id }) => id)).toEqual(before);
});

test('a cluster that goes away is said, and found again', async ({ start, kafka }) => {
  test.setTimeout(120_000);
  const window = await start(ordersFile, '--kafka', kafka.bootstrapServers.join(','));
  const cluster = window.status.getByRole('button', { name: /^Cluster / });
  await expect(cluster).toHaveAccessibleName(/healthy$/);
  await kafka.brokers[0]?.stop();
  await expect(cluster).toHaveAccessibleName(/(stale|lost)/, { timeout: 45_000 });
  await kafka.brokers[0]?.restart();
  await expect(cluster).toHaveAccessibleName(/healthy$/, { timeout: 45_000 });
});

function produceOrders(port: ClusterPort, from: number, count: number): Promise<void> {
  const orders = Array.from({ length: count }, (_, index) => `order-${from + index}`);
  return port.produce(
    'orders',
    orders.map((id) => record(id, { id, customerId: 'customer-1', state: 'CREATED' })),
  );
}

function record(key: string, value: object) {
  return { key: Buffer.from(key), value: Buffer.from(JSON.stringify(value)) };
}

/** Reads and commits so many records in the name of a group, and leaves it. */
async function readAll(bootstrapBrokers: string[], groupId: string, count: number): Promise<void> {
  const consumer = new Consumer({ groupId, clientId: 'reader', bootstrapBrokers });
  const stream = await consumer.consume({ topics: ['orders'], mode: 'earliest', autocommit: false });
  let seen = 0;
  for await (const message of stream) {
    seen += 1;
    await message.commit();
    if (seen === count) break;
  }
  await consumer.close(true);
}
