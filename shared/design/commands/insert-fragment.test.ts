import { describe, expect, it } from 'vitest';
import type { Design } from '../design.ts';
import { parseDesign } from '../parse-design.ts';
import { buildDesign, buildService, buildTopic } from '../testing/build-design.ts';
import { writeDesign } from '../write-design.ts';
import { applyCommand } from './apply-command.ts';
import { copyFragment, type Fragment } from './fragment.ts';

const counter = buildService(
  'counter',
  [
    { id: 'orders-in', name: 'Orders', kind: 'stream', topic: 'orders' },
    {
      id: 'count',
      name: 'Count',
      kind: 'aggregate',
      over: 'stream',
      method: 'count',
      output: 'int',
      store: 'counts',
    },
    { id: 'changes', name: 'Changes', kind: 'toStream' },
    {
      id: 'post',
      name: 'Post',
      kind: 'httpWrite',
      method: 'POST',
      path: '/a',
      accepts: null,
      topic: 'orders',
      key: '',
      value: 'body',
    },
  ],
  ['orders-in > count', 'count > changes'],
);
const design = buildDesign({
  schemas: [
    { id: 'order', name: 'Order', kind: 'record', fields: [{ name: 'state', type: { ref: 'state' } }] },
    { id: 'state', name: 'State', kind: 'enum', symbols: ['NEW'] },
    { id: 'other', name: 'Other', kind: 'enum', symbols: ['NEW'] },
  ],
  topics: [buildTopic('orders', { value: { type: { ref: 'order' } } })],
  services: [counter],
  feeds: [{ id: 'clicks', name: 'Clicks', into: { gateway: 'post' }, value: '{}', perSecond: 1 }],
  layout: { nodes: { counter: { x: 10, y: 20, width: 300 }, count: { x: 1, y: 2 } } },
});

function paste(into: Design, fragment: Fragment, service?: string): Design {
  const result = applyCommand(into, { do: 'insertFragment', fragment, service, offset: { x: 40, y: 40 } });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  expect(parseDesign(writeDesign(result.value.design)).ok).toBe(true);
  return result.value.design;
}

describe('copyFragment', () => {
  it('takes a service with its content, what feeds it, and its boxes', () => {
    const fragment = copyFragment(design, ['counter']);
    expect(fragment).toMatchObject({ services: [counter], feeds: design.feeds, schemas: [], topics: [] });
    expect(fragment.boxes).toEqual(design.layout.nodes);
  });

  it('takes the schemas that a topic is made of', () => {
    expect(copyFragment(design, ['orders']).schemas.map(({ id }) => id)).toEqual(['order', 'state']);
  });

  it('takes wires between operators that are both selected', () => {
    const fragment = copyFragment(design, ['orders-in', 'count']);
    expect(fragment.wires.map(({ id }) => id)).toEqual(['counter-wire-0']);
    expect(fragment.operators.map(({ id }) => id)).toEqual(['orders-in', 'count']);
  });
});

describe('insertFragment', () => {
  it('pastes operators beside themselves: new ids, wires that follow, the topic kept, a store of its own', () => {
    const after = paste(design, copyFragment(design, ['orders-in', 'count']), 'counter');
    expect(after.services[0]?.operators.slice(4)).toEqual([
      { id: 'orders-in-2', name: 'Orders', kind: 'stream', topic: 'orders' },
      { ...counter.operators[1], id: 'count-2', store: 'counts2' },
    ]);
    expect(after.services[0]?.wires.at(-1)).toEqual({
      id: 'counter-wire',
      from: { operator: 'orders-in-2', port: 'out' },
      to: { operator: 'count-2', port: 'in' },
    });
    expect(after.layout.nodes['count-2']).toEqual({ x: 41, y: 42 });
  });

  it('pastes a service beside itself under another application id', () => {
    const after = paste(design, copyFragment(design, ['counter']));
    expect(after.services[1]).toMatchObject({ id: 'counter-2', applicationId: 'counter-2' });
    expect(after.feeds[1]).toMatchObject({ id: 'clicks-2', into: { gateway: 'post-2' } });
    expect(after.layout.nodes['counter-2']).toEqual({ x: 50, y: 60, width: 300 });
  });

  it('pastes a topic beside itself, made of the same schemas', () => {
    const after = paste(design, copyFragment(design, ['orders']));
    expect(after.schemas).toEqual(design.schemas);
    expect(after.topics[1]).toMatchObject({
      id: 'orders-2',
      name: 'orders-2',
      value: { type: { ref: 'order' } },
    });
  });

  it('brings what is needed into another design, and clears what is not there', () => {
    const elsewhere = buildDesign({
      schemas: [{ id: 'order', name: 'Order', kind: 'enum', symbols: ['DIFFERENT'] }],
      services: [buildService('home', [])],
    });
    const topics = paste(elsewhere, copyFragment(design, ['orders']));
    expect(topics.schemas.map(({ id, name }) => [id, name])).toEqual([
      ['order', 'Order'],
      ['order-2', 'Order2'],
      ['state', 'State'],
    ]);
    expect(topics.topics[0]).toMatchObject({ id: 'orders', value: { type: { ref: 'order-2' } } });
    const operators = paste(elsewhere, copyFragment(design, ['orders-in']), 'home');
    expect(operators.services[0]?.operators[0]).toMatchObject({ topic: null });
  });

  it('needs a service for operators', () => {
    const fragment = copyFragment(design, ['count']);
    const result = applyCommand(design, { do: 'insertFragment', fragment, offset: { x: 0, y: 0 } });
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'not-a-command', problems: [{ path: 'service' }] },
    });
  });
});
