import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Serdes } from '@millstream/streams';
import { TopologyTestDriver } from '@millstream/streams/testing';
import { topics } from '@orders/events';
import { deadLettersTo } from '@orders/runtime';
import { buildTopology } from '../src/generated/topology.js';

const start = Date.UTC(2026, 0, 1);

test('does with sample records what the drawing says', () => {
  const driver = new TopologyTestDriver(buildTopology(), {
    ...deadLettersTo(topics.deadLetters.name),
    initialWallClockTime: start,
  });
  const orders = driver.createInputTopic(
    topics.orders.name,
    topics.orders.serdes.key,
    topics.orders.serdes.value,
  );

  orders.pipeInput(
    'order-0',
    {
      id: 'order-0',
      customerId: 'customer-0',
      state: 'CREATED',
      product: 'JUMPERS',
      quantity: 1,
      priceCents: 1500,
    },
    { timestamp: start + 2000 },
  );
  orders.pipeInput(
    'order-0',
    {
      id: 'order-0',
      customerId: 'customer-0',
      state: 'VALIDATED',
      product: 'JUMPERS',
      quantity: 1,
      priceCents: 1500,
      reason: '',
    },
    { timestamp: start + 2000 },
  );
  orders.pipeInput(
    'order-1',
    {
      id: 'order-1',
      customerId: 'customer-7',
      state: 'CREATED',
      product: 'UNDERPANTS',
      quantity: 2,
      priceCents: 1537,
    },
    { timestamp: start + 2200 },
  );
  orders.pipeInput(
    'order-1',
    {
      id: 'order-1',
      customerId: 'customer-7',
      state: 'VALIDATED',
      product: 'UNDERPANTS',
      quantity: 2,
      priceCents: 1537,
      reason: '',
    },
    { timestamp: start + 2200 },
  );
  orders.pipeInput(
    'order-2',
    {
      id: 'order-2',
      customerId: 'customer-14',
      state: 'CREATED',
      product: 'STOCKINGS',
      quantity: 3,
      priceCents: 1574,
    },
    { timestamp: start + 2400 },
  );
  orders.pipeInput(
    'order-2',
    {
      id: 'order-2',
      customerId: 'customer-14',
      state: 'VALIDATED',
      product: 'STOCKINGS',
      quantity: 3,
      priceCents: 1574,
      reason: '',
    },
    { timestamp: start + 2400 },
  );
  orders.pipeInput(
    'order-12',
    {
      id: 'order-12',
      customerId: 'customer-84',
      state: 'CREATED',
      product: 'JUMPERS',
      quantity: 0,
      priceCents: 1944,
    },
    { timestamp: start + 4400 },
  );
  orders.pipeInput(
    'order-12',
    {
      id: 'order-12',
      customerId: 'customer-84',
      state: 'FAILED',
      product: 'JUMPERS',
      quantity: 0,
      priceCents: 1944,
      reason: 'INVENTORY_CHECK',
    },
    { timestamp: start + 4400 },
  );
  orders.pipeInput(
    'order-16',
    {
      id: 'order-16',
      customerId: 'customer-112',
      state: 'CREATED',
      product: 'UNDERPANTS',
      quantity: 2,
      priceCents: 250_000,
    },
    { timestamp: start + 5200 },
  );
  orders.pipeInput(
    'order-16',
    {
      id: 'order-16',
      customerId: 'customer-112',
      state: 'FAILED',
      product: 'UNDERPANTS',
      quantity: 2,
      priceCents: 250_000,
      reason: 'FRAUD_CHECK',
    },
    { timestamp: start + 5200 },
  );

  assert.deepEqual(
    driver
      .createOutputTopic(
        topics.deadLetters.name,
        topics.deadLetters.serdes.key,
        topics.deadLetters.serdes.value,
      )
      .readKeyValues(),
    [],
  );
  assert.deepEqual(driver.getKeyValueStore('view-orders').get('order-0'), {
    id: 'order-0',
    customerId: 'customer-0',
    state: 'VALIDATED',
    product: 'JUMPERS',
    quantity: 1,
    priceCents: 1500,
    reason: '',
  });
  assert.deepEqual(driver.getKeyValueStore('view-orders').get('order-1'), {
    id: 'order-1',
    customerId: 'customer-7',
    state: 'VALIDATED',
    product: 'UNDERPANTS',
    quantity: 2,
    priceCents: 1537,
    reason: '',
  });
  assert.deepEqual(driver.getKeyValueStore('view-orders').get('order-2'), {
    id: 'order-2',
    customerId: 'customer-14',
    state: 'VALIDATED',
    product: 'STOCKINGS',
    quantity: 3,
    priceCents: 1574,
    reason: '',
  });
  assert.deepEqual(driver.getKeyValueStore('view-orders').get('order-12'), {
    id: 'order-12',
    customerId: 'customer-84',
    state: 'FAILED',
    product: 'JUMPERS',
    quantity: 0,
    priceCents: 1944,
    reason: 'INVENTORY_CHECK',
  });
  assert.deepEqual(driver.getKeyValueStore('view-orders').get('order-16'), {
    id: 'order-16',
    customerId: 'customer-112',
    state: 'FAILED',
    product: 'UNDERPANTS',
    quantity: 2,
    priceCents: 250_000,
    reason: 'FRAUD_CHECK',
  });
});

test('writes what it cannot read to the dead letters, with the cause', () => {
  const driver = new TopologyTestDriver(buildTopology(), deadLettersTo(topics.deadLetters.name));
  const bytes = Serdes.bytes();
  const broken = Buffer.from('{');
  driver.createInputTopic(topics.orders.name, bytes, bytes).pipeInput(Buffer.from('key'), broken);
  const letters = driver.createOutputTopic(topics.deadLetters.name, bytes, bytes).readRecords();
  assert.equal(letters.length, 1);
  assert.deepEqual(letters[0]?.value, broken);
  assert.ok(letters[0]?.headers.some(({ key }) => key === '__streams.errors.exception'));
});
