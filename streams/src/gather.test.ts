import { expect, test } from 'vitest';
import { TopologyTestDriver } from '../testing/topology-test-driver.ts';
import { gather } from './gather.ts';
import type { GatherOptions } from './gather-options.ts';
import { Serdes } from './serdes.ts';
import { StreamsBuilder } from './streams-builder.ts';

const text = Serdes.string();

function start(options: Partial<GatherOptions<string, string, string, string>> = {}, rekey = false) {
  const builder = new StreamsBuilder();
  const orders = builder.stream('orders', { key: text, value: text });
  const checks = builder.stream('checks', { key: text, value: text });
  gather(orders, rekey ? checks.selectKey((_key, value) => value.slice(0, 1)) : checks, {
    name: 'checked',
    key: text,
    start: text,
    item: text,
    count: 2,
    timeoutMs: 100,
    retentionMs: 1000,
    result: ({ start, items, complete }) => `${start}:${items.join('+')}:${complete ? 'ok' : 'late'}`,
    ...options,
  }).to('out', { value: text });
  const driver = new TopologyTestDriver(builder.build(), {
    initialWallClockTime: 0,
    partitions: rekey ? 3 : 1,
  });
  return {
    driver,
    orders: driver.createInputTopic('orders', text, text),
    checks: driver.createInputTopic('checks', text, text),
    out: driver.createOutputTopic('out', text, text),
  };
}

test('emits once when enough items came, in any order', () => {
  const { orders, checks, out } = start();
  checks.pipeInput('a', '1', { timestamp: 1 });
  orders.pipeInput('a', 'order', { timestamp: 5 });
  expect(out.isEmpty()).toBe(true);
  checks.pipeInput('a', '2', { timestamp: 3 });
  checks.pipeInput('a', '3', { timestamp: 6 });
  orders.pipeInput('a', 'order again', { timestamp: 7 });
  expect(out.readRecords().map(({ key, value, timestamp }) => [key, value, timestamp])).toEqual([
    ['a', 'order:1+2:ok', 5],
  ]);
});

test('times out by the wall clock when no records arrive', () => {
  const { driver, orders, checks, out } = start();
  orders.pipeInput('a', 'order', { timestamp: 0 });
  checks.pipeInput('a', '1', { timestamp: 10 });
  driver.advanceWallClockTime(99);
  expect(out.isEmpty()).toBe(true);
  driver.advanceWallClockTime(11);
  expect(out.readRecords().map(({ value, timestamp }) => [value, timestamp])).toEqual([
    ['order:1:late', 100],
  ]);
  checks.pipeInput('a', '2', { timestamp: 20 });
  expect(out.isEmpty()).toBe(true);
});

test('times out by stream time, and an item after the deadline does not count', () => {
  const { orders, checks, out } = start();
  orders.pipeInput('a', 'order', { timestamp: 0 });
  checks.pipeInput('a', '1', { timestamp: 100 });
  checks.pipeInput('a', '2', { timestamp: 101 });
  orders.pipeInput('b', 'other', { timestamp: 500 });
  expect(out.readKeyValues()).toEqual([['a', 'order:1:late']]);
});

test('counts items with one id once', () => {
  const { orders, checks, out } = start({ itemId: (item) => item.slice(0, 1) });
  orders.pipeInput('a', 'order', { timestamp: 0 });
  checks.pipeInput('a', '1', { timestamp: 1 });
  checks.pipeInput('a', '1 again', { timestamp: 2 });
  expect(out.isEmpty()).toBe(true);
  checks.pipeInput('a', '2', { timestamp: 3 });
  expect(out.readValues()).toEqual(['order:1+2:ok']);
});

test('ends early when until holds', () => {
  const { orders, checks, out } = start({ until: (items) => items.includes('fail') });
  orders.pipeInput('a', 'order', { timestamp: 0 });
  checks.pipeInput('a', 'fail', { timestamp: 1 });
  expect(out.readValues()).toEqual(['order:fail:ok']);
});

test('forgets finished keys after the retention', () => {
  const { driver, orders, checks } = start();
  orders.pipeInput('a', 'order', { timestamp: 0 });
  checks.pipeInput('a', '1', { timestamp: 1 });
  checks.pipeInput('a', '2', { timestamp: 2 });
  expect(driver.getKeyValueStore('checked').approximateNumEntries()).toBe(1);
  checks.pipeInput('b', '1', { timestamp: 1500 });
  driver.advanceWallClockTime(1100);
  expect([...driver.getKeyValueStore('checked').all()].map(([key]) => key)).toEqual([]);
  expect(driver.changelog('checked').at(-1)?.value).toBeNull();
});

test('repartitions an input whose key was changed', () => {
  const { driver, orders, checks, out } = start({}, true);
  orders.pipeInput('a', 'order', { timestamp: 0 });
  checks.pipeInput('x', 'a1', { timestamp: 1 });
  checks.pipeInput('y', 'a2', { timestamp: 2 });
  expect(out.readKeyValues()).toEqual([['a', 'order:a1+a2:ok']]);
  expect(driver.producedTopicNames).toContain('test-checked-items-repartition');
});
