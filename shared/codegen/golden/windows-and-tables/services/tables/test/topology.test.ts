import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TopologyTestDriver } from '@millstream/streams/testing';
import { topics } from '@windows-and-tables/events';
import { buildTopology } from '../src/generated/topology.js';

const start = Date.UTC(2026, 0, 1);

test('does with sample records what the drawing says', () => {
  const driver = new TopologyTestDriver(buildTopology(), { initialWallClockTime: start });
  const people = driver.createInputTopic(
    topics.people.name,
    topics.people.serdes.key,
    topics.people.serdes.value,
  );
  const employees = driver.createInputTopic(
    topics.employees.name,
    topics.employees.serdes.key,
    topics.employees.serdes.value,
  );
  const orders = driver.createInputTopic(
    topics.orders.name,
    topics.orders.serdes.key,
    topics.orders.serdes.value,
  );

  people.pipeInput('v0', { name: 'P0', city: 'Rome' }, { timestamp: start });
  employees.pipeInput('v1', { name: 'E1', city: 'Rome' }, { timestamp: start });
  orders.pipeInput('o0', { customer: 'v0', cents: 100 }, { timestamp: start + 500 });
  employees.pipeInput('v2', { name: 'E2', city: 'Rome' }, { timestamp: start + 1000 });
  orders.pipeInput('o1', { customer: 'v2', cents: 101 }, { timestamp: start + 1500 });
  people.pipeInput('v1', { name: 'P1', city: 'Rome' }, { timestamp: start + 2000 });
  employees.pipeInput('v3', { name: 'E3', city: 'Rome' }, { timestamp: start + 2000 });
  orders.pipeInput('o2', { customer: 'v4', cents: 102 }, { timestamp: start + 2500 });
  orders.pipeInput('o0', { customer: 'v1', cents: 103 }, { timestamp: start + 3500 });
  people.pipeInput('v2', { name: 'P2', city: 'Rome' }, { timestamp: start + 4000 });
  orders.pipeInput('o1', { customer: 'v3', cents: 104 }, { timestamp: start + 4500 });
  orders.pipeInput('o2', { customer: 'v0', cents: 105 }, { timestamp: start + 5500 });
  people.pipeInput('v0', { name: 'P0', city: 'Oslo' }, { timestamp: start + 6000 });
  orders.pipeInput('o0', { customer: 'v2', cents: 106 }, { timestamp: start + 6500 });

  assert.deepEqual(
    driver
      .createOutputTopic(
        topics.namedOrders.name,
        topics.namedOrders.serdes.key,
        topics.namedOrders.serdes.value,
      )
      .readKeyValues(),
    [
      ['o0', 'P0: 100'],
      ['o1', 'somebody: 101'],
      ['o2', 'somebody: 102'],
      ['o0', 'P1: 103'],
      ['o1', 'P2: 101'],
      ['o1', 'somebody: 104'],
      ['o2', 'P0: 105'],
      ['o2', 'P0: 105'],
      ['o0', 'P2: 106'],
    ],
  );
  assert.deepEqual(
    driver
      .createOutputTopic(
        topics.ordersPerCity.name,
        topics.ordersPerCity.serdes.key,
        topics.ordersPerCity.serdes.value,
      )
      .readKeyValues(),
    [
      ['Rome', 1],
      ['Rome', 1],
      ['Rome', 2],
      ['Rome', 1],
      ['Rome', 2],
      ['Rome', 1],
      ['Oslo', 1],
      ['Rome', 1],
    ],
  );
  assert.deepEqual(
    driver
      .createOutputTopic(
        topics.everybody.name,
        topics.everybody.serdes.key,
        topics.everybody.serdes.value,
      )
      .readKeyValues(),
    [
      ['v0', 'P0/-'],
      ['v1', '-/E1'],
      ['v2', '-/E2'],
      ['v1', 'P1/E1'],
      ['v3', '-/E3'],
      ['v2', 'P2/E2'],
      ['v0', 'P0/-'],
    ],
  );
  assert.deepEqual(
    driver
      .createOutputTopic(topics.visits.name, topics.visits.serdes.key, topics.visits.serdes.value)
      .readKeyValues(),
    [
      ['v0', { pages: ['v0'], millis: 100 }],
      ['v2', { pages: ['v2'], millis: 101 }],
      ['v4', { pages: ['v4'], millis: 102 }],
      ['v0', { pages: ['v0'], millis: 0 }],
      ['v1', { pages: ['v1'], millis: 103 }],
      ['v2', { pages: ['v2'], millis: 0 }],
      ['v3', { pages: ['v3'], millis: 104 }],
      ['v4', { pages: ['v4'], millis: 0 }],
      ['v0', { pages: ['v0', 'v0'], millis: 105 }],
      ['v1', { pages: ['v1'], millis: 0 }],
      ['v2', { pages: ['v2', 'v2'], millis: 106 }],
    ],
  );
  assert.deepEqual(driver.getKeyValueStore('ordersPerCity').get('Rome'), 1);
  assert.deepEqual(driver.getKeyValueStore('ordersPerCity').get('Oslo'), 1);
  assert.deepEqual(driver.getKeyValueStore('spent').get('v0'), {
    pages: ['v0', 'v0'],
    millis: 105,
  });
  assert.deepEqual(driver.getKeyValueStore('spent').get('v2'), {
    pages: ['v2', 'v2'],
    millis: 106,
  });
  assert.deepEqual(driver.getKeyValueStore('spent').get('v4'), { pages: ['v4'], millis: 0 });
  assert.deepEqual(driver.getKeyValueStore('spent').get('v1'), { pages: ['v1'], millis: 0 });
  assert.deepEqual(driver.getKeyValueStore('spent').get('v3'), { pages: ['v3'], millis: 104 });
});
