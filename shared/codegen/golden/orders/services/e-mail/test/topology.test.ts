import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Serdes } from '@millstream/streams';
import { TopologyTestDriver } from '@millstream/streams/testing';
import { topics } from '@orders/events';
import { deadLettersTo } from '@orders/runtime';
import { buildTopology } from '../src/generated/topology.js';

const start = Date.UTC(2026, 0, 1);

test('does with sample records what the drawing says', () => {
  const calls: unknown[] = [];
  const driver = new TopologyTestDriver(
    buildTopology({ sendReceipt: (input) => void calls.push(input) }),
    { ...deadLettersTo(topics.deadLetters.name), initialWallClockTime: start },
  );
  const customers = driver.createInputTopic(
    topics.customers.name,
    topics.customers.serdes.key,
    topics.customers.serdes.value,
  );
  const orders = driver.createInputTopic(
    topics.orders.name,
    topics.orders.serdes.key,
    topics.orders.serdes.value,
  );
  const payments = driver.createInputTopic(
    topics.payments.name,
    topics.payments.serdes.key,
    topics.payments.serdes.value,
  );

  customers.pipeInput(
    'customer-0',
    {
      id: 'customer-0',
      firstName: 'Ada',
      lastName: 'Lane',
      email: 'customer-0@shop.example',
      address: '1 Mill Lane',
      level: 'BRONZE',
    },
    { timestamp: start },
  );
  customers.pipeInput(
    'customer-7',
    {
      id: 'customer-7',
      firstName: 'Edsger',
      lastName: 'Field',
      email: 'customer-7@shop.example',
      address: '8 Mill Lane',
      level: 'PLATINUM',
    },
    { timestamp: start },
  );
  customers.pipeInput(
    'customer-14',
    {
      id: 'customer-14',
      firstName: 'Leslie',
      lastName: 'Dale',
      email: 'customer-14@shop.example',
      address: '15 Mill Lane',
      level: 'GOLD',
    },
    { timestamp: start },
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
  payments.pipeInput(
    'payment-0',
    { id: 'payment-0', orderId: 'order-0', currency: 'EUR', amountCents: 1500 },
    { timestamp: start + 7000 },
  );
  payments.pipeInput(
    'payment-1',
    { id: 'payment-1', orderId: 'order-1', currency: 'EUR', amountCents: 1537 },
    { timestamp: start + 7200 },
  );
  payments.pipeInput(
    'payment-2',
    { id: 'payment-2', orderId: 'order-2', currency: 'EUR', amountCents: 1574 },
    { timestamp: start + 7400 },
  );
  payments.pipeInput(
    'payment-3',
    { id: 'payment-3', orderId: 'order-3', currency: 'EUR', amountCents: 1611 },
    { timestamp: start + 7600 },
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
  assert.deepEqual(calls, [
    {
      key: 'order-0',
      value: {
        orderId: 'order-0',
        to: 'customer-0@shop.example',
        firstName: 'Ada',
        level: 'BRONZE',
        amountCents: 1500,
      },
      idempotenceKey: 'order-0',
    },
    {
      key: 'order-1',
      value: {
        orderId: 'order-1',
        to: 'customer-7@shop.example',
        firstName: 'Edsger',
        level: 'PLATINUM',
        amountCents: 1537,
      },
      idempotenceKey: 'order-1',
    },
    {
      key: 'order-2',
      value: {
        orderId: 'order-2',
        to: 'customer-14@shop.example',
        firstName: 'Leslie',
        level: 'GOLD',
        amountCents: 1574,
      },
      idempotenceKey: 'order-2',
    },
  ]);
});

test('writes what it cannot read to the dead letters, with the cause', () => {
  const driver = new TopologyTestDriver(
    buildTopology({ sendReceipt: () => {} }),
    deadLettersTo(topics.deadLetters.name),
  );
  const bytes = Serdes.bytes();
  const broken = Buffer.from('{');
  driver.createInputTopic(topics.payments.name, bytes, bytes).pipeInput(Buffer.from('key'), broken);
  const letters = driver.createOutputTopic(topics.deadLetters.name, bytes, bytes).readRecords();
  assert.equal(letters.length, 1);
  assert.deepEqual(letters[0]?.value, broken);
  assert.ok(letters[0]?.headers.some(({ key }) => key === '__streams.errors.exception'));
});
