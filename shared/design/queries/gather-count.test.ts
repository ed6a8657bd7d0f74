import { expect, it } from 'vitest';
import type { Operator, OperatorOf } from '../operators/registry.ts';
import { buildDesign, buildService, buildTopic } from '../testing/build-design.ts';
import { gatherCount, topicsReaching } from './gather-count.ts';

const gather: OperatorOf<'gather'> = {
  id: 'wait',
  name: 'Wait',
  kind: 'gather',
  count: 'emitters',
  itemId: 'item',
  value: '1',
  output: 'int',
  store: 'waiting',
};

function checker(id: string, topic: string) {
  return buildService(id, [{ id: `${id}-out`, name: 'Out', kind: 'sink', topic }]);
}

const aggregatorParts: readonly Operator[] = [
  { id: 'orders-in', name: 'Orders', kind: 'stream', topic: 'orders' },
  { id: 'checks-in', name: 'Checks', kind: 'stream', topic: 'checks' },
  { id: 'late-in', name: 'Late', kind: 'stream', topic: 'late-checks' },
  { id: 'both', name: 'Both', kind: 'merge' },
  { id: 'rules', name: 'Rules', kind: 'table', topic: 'rules' },
  {
    id: 'enrich',
    name: 'Enrich',
    kind: 'join',
    inputs: 'streamTable',
    type: 'left',
    value: '',
    output: 'string',
  },
  gather,
];
const lines = [
  'orders-in > wait.start',
  'checks-in > both',
  'late-in > both',
  'both > enrich.left',
  'rules > enrich.right',
  'enrich > wait.items',
];
const design = buildDesign({
  topics: ['orders', 'checks', 'late-checks', 'rules'].map((id) => buildTopic(id)),
  services: [
    buildService('aggregator', aggregatorParts, lines),
    checker('fraud', 'checks'),
    checker('stock', 'checks'),
    checker('details', 'late-checks'),
    checker('ruler', 'rules'),
  ],
});

it('counts the services that write the topics behind `items`, not those of a table that is looked up', () => {
  expect(topicsReaching(design, 'wait', 'items')).toEqual(['checks', 'late-checks']);
  expect(gatherCount(design, gather)).toBe(3);
});

it('counts a service that writes two of the topics once', () => {
  const fraud = buildService('fraud', [
    { id: 'fraud-a', name: 'A', kind: 'sink', topic: 'checks' },
    { id: 'fraud-b', name: 'B', kind: 'sink', topic: 'late-checks' },
  ]);
  const services = design.services.map((service) => (service.id === 'fraud' ? fraud : service));
  expect(gatherCount({ ...design, services }, gather)).toBe(3);
});

it('takes a number at its word', () => {
  expect(gatherCount(design, { ...gather, count: 7 })).toBe(7);
});

it('is 0 while nothing is wired', () => {
  expect(gatherCount(buildDesign({ services: [buildService('alone', [gather])] }), gather)).toBe(0);
});
