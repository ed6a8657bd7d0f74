import { expect, it } from 'vitest';
import { buildDesign, buildService, buildTopic } from '../testing/build-design.ts';
import { allIds } from './all-ids.ts';
import { indexDesign } from './index-design.ts';
import { wiresFrom, wiresInto } from './wires.ts';

const design = buildDesign({
  schemas: [{ id: 'order', name: 'Order', kind: 'record', fields: [] }],
  topics: [buildTopic('orders')],
  services: [
    buildService(
      'one',
      [
        { id: 'source', name: 'Source', kind: 'stream', topic: 'orders' },
        { id: 'end', name: 'End', kind: 'sink', topic: null },
      ],
      ['source > end'],
    ),
  ],
  externals: [{ id: 'shop', name: 'Shop', kind: 'person' }],
  requests: [{ id: 'ask', from: 'one', to: 'one' }],
  feeds: [{ id: 'rows', name: 'Rows', into: { topic: 'orders' }, value: '', perSecond: 1 }],
  notes: [{ id: 'remark', text: '' }],
});

it('holds the id of everything', () => {
  const expected = ['order', 'orders', 'one', 'source', 'end', 'one-wire-0', 'shop', 'ask', 'rows', 'remark'];
  expect([...allIds(design)].sort()).toEqual(expected.sort());
});

it('indexes operators and wires with their service, once for each design object', () => {
  const index = indexDesign(design);
  expect(indexDesign(design)).toBe(index);
  expect(index.operators.get('end')?.service.id).toBe('one');
  expect(index.wires.get('one-wire-0')?.service.id).toBe('one');
});

it('finds wires by either end', () => {
  expect(wiresFrom(design, 'source', 'out')).toEqual(wiresInto(design, 'end'));
  expect(wiresInto(design, 'end', 'left')).toEqual([]);
  expect(wiresFrom(design, 'end')).toEqual([]);
});
