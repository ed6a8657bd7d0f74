import { describe, expect, it } from 'vitest';
import { type Design, designLimits } from '../design.ts';
import { buildDesign, buildService, buildTopic } from '../testing/build-design.ts';
import { type AppliedCommand, applyCommand } from './apply-command.ts';
import type { Command } from './command.ts';

const sortOrders = buildService(
  'sorter',
  [
    { id: 'orders-in', name: 'Orders', kind: 'stream', topic: 'orders' },
    {
      id: 'split',
      name: 'Split',
      kind: 'branch',
      branches: [
        { id: 'big', name: 'Big', condition: '' },
        { id: 'odd', name: 'Odd', condition: '' },
      ],
    },
    {
      id: 'big-out',
      name: 'Big',
      kind: 'sink',
      topic: null,
      route: 'value',
      routes: ['orders', 'big-orders'],
    },
    { id: 'odd-out', name: 'Odd', kind: 'sink', topic: 'orders' },
    { id: 'mail', name: 'Mail', kind: 'sideEffect', handler: 'send', external: 'shop' },
  ],
  ['orders-in > split', 'split.big > big-out', 'split.odd > odd-out'],
);
const design = buildDesign({
  schemas: [
    {
      id: 'order',
      name: 'Order',
      kind: 'record',
      fields: [{ name: 'lines', type: { list: { ref: 'line' } } }],
    },
    { id: 'line', name: 'Line', kind: 'record', fields: [] },
  ],
  topics: [
    buildTopic('orders', {
      value: { type: { ref: 'order' } },
      ownership: {
        owners: [
          { service: 'sorter', types: ['A'] },
          { service: 'gateway', types: ['B'] },
        ],
      },
      note: 'Every order',
    }),
    buildTopic('big-orders'),
  ],
  services: [
    sortOrders,
    buildService('gateway', [
      {
        id: 'post',
        name: 'Post',
        kind: 'httpWrite',
        method: 'POST',
        path: '/orders',
        accepts: 'order',
        topic: 'orders',
        key: '',
        value: 'body',
      },
    ]),
  ],
  externals: [
    { id: 'shop', name: 'Shop', kind: 'person', writes: ['orders'], reads: ['orders', 'big-orders'] },
  ],
  requests: [{ id: 'ask', from: 'gateway', to: 'sorter' }],
  feeds: [
    { id: 'clicks', name: 'Clicks', into: { gateway: 'post' }, value: '{}', perSecond: 1 },
    { id: 'rows', name: 'Rows', into: { topic: 'orders' }, value: '{}', perSecond: 1 },
  ],
  layout: { nodes: { orders: { x: 0, y: 0 }, 'orders-in': { x: 1, y: 1 }, rows: { x: 2, y: 2 } } },
});

function apply(command: Command, to: Design = design): AppliedCommand {
  const result = applyCommand(to, command);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

function problem(command: Command, to: Design = design) {
  const result = applyCommand(to, command);
  return result.ok ? null : result.error;
}

function operatorIn(after: Design, id: string) {
  return after.services.flatMap(({ operators }) => operators).find((operator) => operator.id === id);
}

describe('removing a topic', () => {
  const { design: after, touched } = apply({ do: 'removeTopic', topic: 'orders' });

  it('clears every reference to it', () => {
    expect(operatorIn(after, 'orders-in')).toMatchObject({ topic: null });
    expect(operatorIn(after, 'odd-out')).toMatchObject({ topic: null });
    expect(operatorIn(after, 'big-out')).toMatchObject({ routes: ['big-orders'] });
    expect(operatorIn(after, 'post')).toMatchObject({ topic: null, accepts: 'order' });
    expect(after.externals[0]).toMatchObject({ writes: [], reads: ['big-orders'] });
    expect(after.feeds.map(({ id }) => id)).toEqual(['clicks']);
    expect(after.layout.nodes).toEqual({ 'orders-in': { x: 1, y: 1 } });
  });

  it('tells what it touched, and leaves the rest as it is', () => {
    const expected = ['orders', 'rows', 'orders-in', 'big-out', 'odd-out', 'post', 'shop'];
    expect([...touched].sort()).toEqual(expected.sort());
    expect(after.topics[0]).toBe(design.topics[1]);
    expect(operatorIn(after, 'split')).toBe(operatorIn(design, 'split'));
    expect(after.schemas).toBe(design.schemas);
  });
});

describe('removing', () => {
  it('a service takes its content, requests, ownership and feeds', () => {
    const { design: after } = apply({ do: 'removeService', service: 'gateway' });
    expect(after.services).toEqual([sortOrders]);
    expect(after.requests).toEqual([]);
    expect(after.feeds.map(({ id }) => id)).toEqual(['rows']);
    expect(after.topics[0]?.ownership?.owners).toEqual([{ service: 'sorter', types: ['A'] }]);
  });

  it('an operator takes its wires', () => {
    const { design: after } = apply({ do: 'removeOperator', operator: 'split' });
    expect(after.services[0]?.wires).toEqual([]);
    expect(after.services[1]).toBe(design.services[1]);
  });

  it('an external system leaves its side effects without one', () => {
    const { design: after } = apply({ do: 'removeExternal', external: 'shop' });
    expect(operatorIn(after, 'mail')).toMatchObject({ external: null });
  });

  it('a schema waits until nothing is made of it', () => {
    expect(problem({ do: 'removeSchema', schema: 'line' })).toEqual({
      code: 'in-use',
      id: 'line',
      by: ['order'],
    });
    expect(problem({ do: 'removeSchema', schema: 'order' })).toEqual({
      code: 'in-use',
      id: 'order',
      by: ['orders', 'post'],
    });
    expect(apply({ do: 'remove', ids: ['order', 'line', 'orders', 'post'] }).design.schemas).toEqual([]);
  });

  it('a mixed selection is one step, whatever lies in what', () => {
    const { design: after, inverse } = apply({
      do: 'remove',
      ids: ['sorter', 'split', 'sorter-wire-0', 'ask', 'rows'],
    });
    expect(after.services.map(({ id }) => id)).toEqual(['gateway']);
    expect(inverse.length).toBeGreaterThan(0);
  });
});

describe('updating', () => {
  it('changes only what differs', () => {
    const { design: after, patches } = apply({
      do: 'updateTopic',
      topic: 'orders',
      changes: { partitions: 8, name: 'orders' },
    });
    expect(after.topics[0]?.partitions).toBe(8);
    expect(patches).toEqual([{ op: 'replace', path: ['topics', 0, 'partitions'], value: 8 }]);
  });

  it('takes away a field that is given as undefined', () => {
    const { design: after } = apply({ do: 'updateTopic', topic: 'orders', changes: { note: undefined } });
    expect(after.topics[0]).not.toHaveProperty('note');
  });

  it('refuses to take away what must be there', () => {
    expect(problem({ do: 'updateTopic', topic: 'orders', changes: { name: undefined } })).toEqual({
      code: 'not-valid',
      problems: [{ path: 'name', message: 'This is missing.' }],
    });
  });

  it('drops the wires of a branch that goes', () => {
    const operator = { id: 'split', name: 'Split', kind: 'branch' as const };
    const branches = [{ id: 'odd', name: 'Odd', condition: 'true' }];
    const { design: after, touched } = apply({ do: 'updateOperator', operator: { ...operator, branches } });
    expect(after.services[0]?.wires.map(({ id }) => id)).toEqual(['sorter-wire-0', 'sorter-wire-2']);
    expect(touched).toEqual(['split', 'sorter-wire-1']);
  });

  it('keeps the kind of an operator', () => {
    expect(
      problem({ do: 'updateOperator', operator: { id: 'split', name: 'Split', kind: 'merge' } }),
    ).toEqual({
      code: 'kind-differs',
      id: 'split',
      is: 'branch',
    });
  });

  it('sets and clears the note of the design', () => {
    const noted = apply({ do: 'renameDesign', name: 'Shop', note: 'Ours' }).design;
    expect(noted).toMatchObject({ name: 'Shop', note: 'Ours' });
    expect(apply({ do: 'renameDesign', name: 'Shop', note: '' }, noted).design).not.toHaveProperty('note');
  });
});

describe('a command is refused', () => {
  it.each<[string, Command, object]>([
    ['of no known name', { do: 'shake' } as unknown as Command, { code: 'not-a-command' }],
    ['for what is not there', { do: 'removeFeed', feed: 'gone' }, { code: 'unknown-id', id: 'gone' }],
    [
      'for what is of another kind',
      { do: 'removeFeed', feed: 'orders' },
      { code: 'unknown-id', id: 'orders' },
    ],
    [
      'with an id that is taken',
      { do: 'addTopic', topic: buildTopic('split') },
      { code: 'id-taken', id: 'split' },
    ],
    [
      'with a reference to nothing',
      {
        do: 'addOperator',
        service: 'sorter',
        operator: { id: 'new', name: 'New', kind: 'sink', topic: 'gone' },
      },
      { code: 'unknown-reference', kind: 'topic', id: 'gone', path: 'topic' },
    ],
    [
      'with a wire that does not fit',
      {
        do: 'connect',
        from: { operator: 'split', port: 'otherwise' },
        to: { operator: 'odd-out', port: 'in' },
      },
      { code: 'cannot-connect', problem: { code: 'port-taken', wire: 'sorter-wire-2' } },
    ],
    [
      'with a graph that does not hold together',
      { do: 'addService', service: buildService('new', [], ['a > b']) },
      { code: 'not-valid' },
    ],
    [
      'as a whole when one of a batch is',
      {
        do: 'batch',
        commands: [
          { do: 'removeTopic', topic: 'orders' },
          { do: 'removeTopic', topic: 'orders' },
        ],
      },
      { code: 'unknown-id', id: 'orders' },
    ],
  ])('%s', (_, command, expected) => {
    expect(problem(command)).toMatchObject(expected);
  });

  it('when there would be too many', () => {
    const notes = Array.from({ length: designLimits.notes }, (_, at) => ({ id: `note-${at}`, text: '' }));
    const full = buildDesign({ notes });
    expect(problem({ do: 'addNote', note: { id: 'one-more', text: '' } }, full)).toEqual({
      code: 'too-many',
      of: 'notes',
      limit: designLimits.notes,
    });
  });
});

describe('moving', () => {
  it('puts boxes on whole points', () => {
    const box = { x: -0.2, y: 10.6, width: 0.1 + 1 };
    const { design: after } = apply({ do: 'moveNodes', nodes: [{ id: 'orders', box }] });
    expect(after.layout.nodes.orders).toEqual({ x: 0, y: 11, width: 1 });
  });

  it('changes nothing but the layout', () => {
    const nodes = [{ id: 'orders', box: { x: 5, y: 5 } }];
    const { design: after, patches } = apply({ do: 'arrange', nodes });
    expect(after.topics).toBe(design.topics);
    expect(patches).toHaveLength(1);
  });
});

it('names a wire by its ends', () => {
  const bare = buildDesign({ services: [{ ...sortOrders, operators: sortOrders.operators, wires: [] }] });
  const ready = { ...bare, topics: design.topics, schemas: design.schemas, externals: design.externals };
  const ends = { from: { operator: 'orders-in', port: 'out' }, to: { operator: 'split', port: 'in' } };
  const { design: after, touched } = apply({ do: 'connect', ...ends }, ready);
  expect(touched).toEqual(['orders-in-to-split']);
  expect(after.services[0]?.wires).toEqual([{ id: 'orders-in-to-split', ...ends }]);
});
