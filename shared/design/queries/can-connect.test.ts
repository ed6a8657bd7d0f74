import { describe, expect, it } from 'vitest';
import type { Operator } from '../operators/registry.ts';
import { buildDesign, buildService, buildTopic } from '../testing/build-design.ts';
import { canConnect, canConnectTopic } from './can-connect.ts';
import { effectivePortType } from './port-type.ts';
import { topologicalOrder } from './topological-order.ts';

const operators: readonly Operator[] = [
  { id: 'source', name: 'Source', kind: 'stream', topic: 'orders' },
  { id: 'keep', name: 'Keep', kind: 'filter', condition: 'true' },
  { id: 'keep-more', name: 'Keep more', kind: 'filter', condition: 'true' },
  { id: 'all', name: 'All', kind: 'merge' },
  { id: 'latest', name: 'Latest', kind: 'table', topic: null },
  { id: 'changes', name: 'Changes', kind: 'toStream' },
  { id: 'end', name: 'End', kind: 'sink', topic: null },
];
const design = buildDesign({
  topics: [buildTopic('orders'), buildTopic('paid')],
  services: [
    buildService('one', operators, ['source > keep', 'keep > keep-more', 'keep > all']),
    buildService('two', [{ id: 'far', name: 'Far', kind: 'merge' }]),
  ],
});

function connect(from: string, to: string) {
  const [operator = '', port = 'in'] = to.split('.');
  const result = canConnect(design, { operator: from, port: 'out' }, { operator, port });
  return result.ok ? result.value.service.id : result.error;
}

describe('canConnect', () => {
  it('allows what fits', () => {
    expect(connect('keep-more', 'end')).toBe('one');
    expect(connect('keep-more', 'all')).toBe('one');
    expect(connect('latest', 'changes')).toBe('one');
  });

  it('says why not', () => {
    expect(connect('nothing', 'end')).toEqual({ code: 'unknown-operator', operator: 'nothing' });
    expect(connect('keep', 'end.left')).toEqual({ code: 'unknown-port', operator: 'end', port: 'left' });
    expect(connect('end', 'keep')).toEqual({ code: 'unknown-port', operator: 'end', port: 'out' });
    expect(connect('keep', 'far')).toEqual({ code: 'different-services', from: 'one', to: 'two' });
    expect(connect('latest', 'end')).toEqual({ code: 'types-differ', gives: 'table', takes: ['stream'] });
    expect(connect('source', 'keep-more')).toEqual({ code: 'port-taken', wire: 'one-wire-1' });
    expect(connect('keep', 'all')).toEqual({ code: 'already-connected', wire: 'one-wire-2' });
  });

  it('refuses a cycle', () => {
    const looped = buildDesign({
      services: [buildService('one', operators, ['all > keep', 'keep > keep-more'])],
    });
    const from = { operator: 'keep-more', port: 'out' };
    expect(canConnect(looped, from, { operator: 'all', port: 'in' })).toEqual({
      ok: false,
      error: { code: 'cycle' },
    });
    expect(canConnect(looped, { operator: 'all', port: 'out' }, { operator: 'all', port: 'in' }).ok).toBe(
      false,
    );
  });
});

describe('canConnectTopic', () => {
  it('allows a topic where an operator has one, and says what it replaces', () => {
    expect(canConnectTopic(design, 'paid', 'source', 'reads')).toEqual({
      ok: true,
      value: { replaces: 'orders' },
    });
    expect(canConnectTopic(design, 'paid', 'end', 'writes')).toEqual({ ok: true, value: { replaces: null } });
  });

  it.each([
    ['paid', 'keep', 'reads', 'not-a-reader'],
    ['paid', 'source', 'writes', 'not-a-writer'],
    ['orders', 'source', 'reads', 'already-connected'],
    ['nowhere', 'source', 'reads', 'unknown-topic'],
    ['paid', 'nobody', 'reads', 'unknown-operator'],
  ] as const)('%s and %s (%s): %s', (topic, operator, direction, code) => {
    expect(canConnectTopic(design, topic, operator, direction)).toMatchObject({ ok: false, error: { code } });
  });
});

describe('effectivePortType', () => {
  it('tells outputs, wired inputs and free inputs', () => {
    expect(effectivePortType(design, { operator: 'latest', port: 'out' })).toBe('table');
    expect(effectivePortType(design, { operator: 'keep', port: 'in' })).toBe('stream');
    expect(effectivePortType(design, { operator: 'changes', port: 'in' })).toBeNull();
    expect(effectivePortType(design, { operator: 'end', port: 'in' })).toBe('stream');
    expect(effectivePortType(design, { operator: 'end', port: 'out' })).toBeNull();
  });
});

describe('topologicalOrder', () => {
  it('puts each operator after all that are wired into it', () => {
    const result = topologicalOrder(
      buildService('one', operators, ['keep-more > keep', 'source > keep-more']),
    );
    expect(result.ok && result.value.map(({ id }) => id)).toEqual([
      'source',
      'all',
      'latest',
      'changes',
      'end',
      'keep-more',
      'keep',
    ]);
  });

  it('names one cycle in the direction of its wires, without what only hangs on it', () => {
    const lines = ['source > all', 'all > keep', 'keep > keep-more', 'keep-more > all', 'keep-more > end'];
    const result = topologicalOrder(buildService('one', operators, lines));
    expect(result).toEqual({ ok: false, error: { cycle: ['keep', 'keep-more', 'all'] } });
  });
});
