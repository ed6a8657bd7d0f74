import { describe, expect, it } from 'vitest';
import type { Operator } from '../operators/registry.ts';
import { buildDesign, buildService, buildTopic } from '../testing/build-design.ts';
import { portValueType } from './port-value-type.ts';

const order = { ref: 'order' };
const operators: readonly Operator[] = [
  { id: 'orders', name: 'Orders', kind: 'stream', topic: 'orders' },
  { id: 'keep', name: 'Keep', kind: 'filter', condition: 'true' },
  { id: 'split', name: 'Split', kind: 'branch', branches: [{ id: 'big', name: 'big', condition: '' }] },
  { id: 'rekey', name: 'Rekey', kind: 'selectKey', key: 'value.n', keyType: 'int' },
  { id: 'price', name: 'Price', kind: 'map', value: '1.0', output: 'double' },
  { id: 'rows', name: 'Rows', kind: 'table', topic: 'rows' },
  { id: 'both', name: 'Both', kind: 'join', inputs: 'streamTable', type: 'inner', value: '', output: order },
  {
    id: 'sum',
    name: 'Sum',
    kind: 'aggregate',
    over: 'stream',
    groupBy: 'value.customer',
    groupKeyType: 'string',
    method: 'count',
    output: 'int',
    window: { kind: 'tumbling', sizeMs: 1000, graceMs: 0 },
    store: 'sums',
  },
  { id: 'changes', name: 'Changes', kind: 'toStream' },
  { id: 'end', name: 'End', kind: 'sink', topic: null },
  { id: 'unset', name: 'Unset', kind: 'stream', topic: null },
  { id: 'open', name: 'Open', kind: 'map', value: '', output: 'int', key: 'value' },
];
const lines = [
  'orders > keep',
  'keep > split',
  'split.big > rekey',
  'split.otherwise > price',
  'rekey > both.left',
  'rows > both.right',
  'both > sum',
  'sum > changes',
  'changes > end',
  'unset > open',
];
const design = buildDesign({
  topics: [buildTopic('orders', { value: { type: order } }), buildTopic('rows', { key: { type: 'int' } })],
  services: [buildService('one', operators, lines)],
});

describe('portValueType', () => {
  it.each([
    ['orders', 'out', { key: 'string', value: order }],
    ['split', 'otherwise', { key: 'string', value: order }],
    ['rekey', 'out', { key: 'int', value: order }],
    ['price', 'out', { key: 'string', value: 'double' }],
    ['both', 'right', { key: 'int', value: 'string' }],
    ['both', 'out', { key: 'int', value: order }],
    ['sum', 'out', { key: 'string', value: 'int', windowed: true }],
    ['end', 'in', { key: 'string', value: 'int' }],
    ['unset', 'out', { key: null, value: null }],
    ['open', 'out', { key: null, value: 'int' }],
    ['end', 'out', { key: null, value: null }],
    ['nobody', 'out', { key: null, value: null }],
  ])('%s.%s', (operator, port, expected) => {
    expect(portValueType(design, operator, port)).toEqual(expected);
  });

  it('ends on a cycle of wires', () => {
    const looped = buildDesign({
      services: [buildService('one', operators, ['keep > rekey', 'rekey > keep'])],
    });
    expect(portValueType(looped, 'keep', 'out')).toEqual({ key: 'int', value: null });
  });
});
