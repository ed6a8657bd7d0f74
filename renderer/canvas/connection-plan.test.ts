import { describe, expect, test } from 'vitest';
import { applyCommand } from '#shared/design/commands/apply-command.ts';
import type { Design } from '#shared/design/design.ts';
import { buildDesign, buildService, buildTopic } from '#shared/design/testing/build-design.ts';
import { planConnection } from './connection-plan.ts';

const design = buildDesign({
  topics: [buildTopic('orders'), buildTopic('stock', { cleanup: 'compact' }), buildTopic('checked')],
  services: [
    buildService(
      'fraud',
      [
        { id: 'in', name: 'In', kind: 'stream', topic: 'orders' },
        { id: 'keep', name: 'Keep', kind: 'filter', condition: 'true' },
        {
          id: 'count',
          name: 'Count',
          kind: 'aggregate',
          over: 'stream',
          method: 'count',
          output: 'int',
          store: 'counts',
        },
        {
          id: 'join',
          name: 'Join',
          kind: 'join',
          inputs: 'streamTable',
          type: 'inner',
          value: 'left',
          output: 'string',
        },
        { id: 'out', name: 'Out', kind: 'sink', topic: null },
      ],
      ['in > keep'],
    ),
    buildService('view', [{ id: 'read', name: 'Read', kind: 'table', topic: null }]),
  ],
  externals: [{ id: 'mail', name: 'Mail', kind: 'mail' }],
});

function end(text: string) {
  const [node = '', handle] = text.split('@');
  return { node, handle: handle ?? null };
}

function plan(from: string, to: string) {
  return planConnection(design, {}, end(from), end(to));
}

/** The design after the line is drawn; fails the test when it may not be drawn. */
function draw(from: string, to: string): Design {
  const planned = plan(from, to);
  expect(planned.ok ? null : planned.error).toBeNull();
  const commands = planned.ok ? [...planned.value.commands] : [];
  const applied = applyCommand(design, { do: 'batch', commands });
  expect(applied.ok ? null : applied.error).toBeNull();
  return applied.ok ? applied.value.design : design;
}

function operatorsOf(drawn: Design, service: string) {
  return drawn.services.find(({ id }) => id === service)?.operators ?? [];
}

describe('from a topic', () => {
  test('into a service: a source, a table when the topic is compacted', () => {
    expect(operatorsOf(draw('orders', 'view'), 'view').at(-1)).toMatchObject({
      kind: 'stream',
      name: 'orders',
      topic: 'orders',
    });
    expect(operatorsOf(draw('stock', 'view'), 'view').at(-1)).toMatchObject({
      kind: 'table',
      topic: 'stock',
    });
  });

  test('to a source: that source reads it', () => {
    expect(operatorsOf(draw('stock', 'read'), 'view')[0]).toMatchObject({ topic: 'stock' });
  });

  test('onto an input: a source of the type that the input takes, wired to it', () => {
    const drawn = draw('orders', 'join@in:right');
    const source = operatorsOf(drawn, 'fraud').at(-1);
    expect(source).toMatchObject({ kind: 'table', topic: 'orders' });
    expect(drawn.services[0]?.wires.at(-1)).toMatchObject({
      from: { operator: source?.id, port: 'out' },
      to: { operator: 'join', port: 'right' },
    });
  });

  test('onto an input that has its wire: refused in words', () => {
    expect(plan('orders', 'keep')).toMatchObject({
      ok: false,
      error: expect.stringContaining('wire already'),
    });
  });

  test('to another topic: refused, with what to put between', () => {
    expect(plan('orders', 'checked')).toMatchObject({ ok: false, error: expect.stringContaining('between') });
  });

  test('to an external system: it reads the topic', () => {
    expect(draw('orders', 'mail').externals[0]).toMatchObject({ reads: ['orders'] });
  });
});

describe('from an operator', () => {
  test('to a topic: a sink behind a stream', () => {
    const drawn = draw('keep', 'checked');
    expect(operatorsOf(drawn, 'fraud').at(-1)).toMatchObject({ kind: 'sink', topic: 'checked' });
    expect(drawn.services[0]?.wires).toHaveLength(2);
  });

  test('to a topic: To stream and a sink behind a table', () => {
    const drawn = draw('count', 'checked');
    expect(
      operatorsOf(drawn, 'fraud')
        .slice(-2)
        .map(({ kind }) => kind),
    ).toEqual(['toStream', 'sink']);
  });

  test('a sink takes the topic itself', () => {
    const drawn = draw('out', 'checked');
    expect(operatorsOf(drawn, 'fraud')).toHaveLength(5);
    expect(operatorsOf(drawn, 'fraud').at(-1)).toMatchObject({ id: 'out', topic: 'checked' });
  });

  test('to another one: into the first input that fits', () => {
    expect(draw('count', 'join').services[0]?.wires.at(-1)?.to).toEqual({ operator: 'join', port: 'right' });
    expect(draw('keep', 'join').services[0]?.wires.at(-1)?.to).toEqual({ operator: 'join', port: 'left' });
  });

  test('into an input of another type: refused, with what helps', () => {
    expect(plan('count', 'keep@in:in')).toMatchObject({
      ok: false,
      error: expect.stringContaining('To stream'),
    });
  });

  test('into another service: refused', () => {
    expect(plan('keep', 'read')).toMatchObject({ ok: false, error: expect.stringContaining('topic') });
  });

  test('to an external system: a side effect on it', () => {
    expect(operatorsOf(draw('keep', 'mail'), 'fraud').at(-1)).toMatchObject({
      kind: 'sideEffect',
      external: 'mail',
    });
  });
});

describe('from a service or an external system', () => {
  test('service to service is a request, once', () => {
    expect(draw('fraud', 'view').requests).toMatchObject([{ from: 'fraud', to: 'view' }]);
  });

  test('service to topic adds a sink', () => {
    expect(operatorsOf(draw('view', 'checked'), 'view').at(-1)).toMatchObject({
      kind: 'sink',
      topic: 'checked',
    });
  });

  test('an external system writes a topic', () => {
    expect(draw('mail', 'checked').externals[0]).toMatchObject({ writes: ['checked'] });
  });

  test('nothing is connected to itself', () => {
    expect(plan('fraud', 'fraud').ok).toBe(false);
  });
});
