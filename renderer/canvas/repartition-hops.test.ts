import { expect, test } from 'vitest';
import type { Operator } from '#shared/design/operators/registry.ts';
import { buildDesign, buildService, buildTopic } from '#shared/design/testing/build-design.ts';
import { repartitionHops } from './repartition-hops.ts';

const rekey: Operator = { id: 'rekey', name: 'Rekey', kind: 'selectKey', key: 'value', keyType: 'string' };
const read: Operator = { id: 'read', name: 'Read', kind: 'stream', topic: 'orders' };
const count: Operator = {
  id: 'count',
  name: 'Count',
  kind: 'aggregate',
  over: 'stream',
  method: 'count',
  output: 'int',
  store: 'counts',
};
const join: Operator = {
  id: 'pair',
  name: 'Pair',
  kind: 'join',
  inputs: 'streamStream',
  type: 'inner',
  window: { beforeMs: 1, afterMs: 1, graceMs: 0 },
  value: 'left',
  output: 'string',
};

function hops(operators: readonly Operator[], lines: readonly string[], of: Operator) {
  const service = buildService('shop', operators, lines);
  const design = buildDesign({ topics: [buildTopic('orders')], services: [service] });
  return repartitionHops(design, service, of);
}

test('a count behind a new key has its repartition topic, named after the operator', () => {
  expect(hops([read, rekey, count], ['read > rekey', 'rekey > count'], count)).toEqual([
    { port: 'in', topic: 'shop-count-repartition' },
  ]);
});

test('a count by the key the records have has none; one that groups by another key has', () => {
  expect(hops([read, count], ['read > count'], count)).toEqual([]);
  const grouped: Operator = { ...count, groupBy: 'value', groupKeyType: 'string' };
  expect(hops([read, grouped], ['read > count'], grouped)).toHaveLength(1);
});

test('of a join of two streams only the side with the new key goes through a topic of its own', () => {
  const lines = ['read > pair.left', 'read > rekey', 'rekey > pair.right'];
  expect(hops([read, rekey, join], lines, join)).toEqual([
    { port: 'right', topic: 'shop-pair-right-repartition' },
  ]);
});

test('rows of a foreign-key join ask for the others through a topic of their own', () => {
  const left: Operator = { id: 'left', name: 'Left', kind: 'table', topic: 'orders' };
  const right: Operator = { id: 'right', name: 'Right', kind: 'table', topic: 'people' };
  const owner: Operator = { ...join, inputs: 'foreignKey', on: 'value' };
  const lines = ['left > pair.left', 'right > pair.right'];
  expect(hops([left, right, owner], lines, owner)).toEqual([
    { port: 'left', topic: 'shop-pair-subscription-registration-topic' },
  ]);
});
