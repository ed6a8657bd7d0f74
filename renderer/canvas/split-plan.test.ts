import { expect, test } from 'vitest';
import type { Design } from '#shared/design/design.ts';
import type { Operator } from '#shared/design/operators/registry.ts';
import { buildDesign, buildService, buildTopic } from '#shared/design/testing/build-design.ts';
import { after, planSplit } from './split-plan.ts';

const boxes = { in: { x: 16, y: 56 }, out: { x: 16, y: 124 }, other: { x: 240, y: 56 } };

function withOperator(operator: Operator): Design {
  return buildDesign({
    topics: [buildTopic('orders')],
    services: [
      buildService(
        'shop',
        [
          { id: 'in', name: 'In', kind: 'stream', topic: 'orders' },
          { id: 'out', name: 'Out', kind: 'sink', topic: 'orders' },
          operator,
        ],
        ['in > out'],
      ),
    ],
  });
}

test('a filter on a wire comes between its ends, and what is below makes room', () => {
  const design = withOperator({ id: 'keep', name: 'Keep', kind: 'filter', condition: 'true' });
  const plan = planSplit(design, boxes, 'shop-wire-0', 'keep');
  const split = plan.ok ? after(design, plan.value) : null;
  expect(split?.services[0]?.wires.map(({ from, to }) => `${from.operator} > ${to.operator}`)).toEqual([
    'in > keep',
    'keep > out',
  ]);
  expect(split?.layout.nodes).toMatchObject({ keep: { x: 16, y: 124 }, out: { x: 16, y: 192 } });
  expect(split?.layout.nodes.other).toBeUndefined();
});

test('where the ends are far enough apart it stands in the middle and nothing else moves', () => {
  const design = withOperator({ id: 'keep', name: 'Keep', kind: 'filter', condition: 'true' });
  const plan = planSplit(design, { ...boxes, out: { x: 16, y: 256 } }, 'shop-wire-0', 'keep');
  const split = plan.ok ? after(design, plan.value) : null;
  expect(split?.layout.nodes).toEqual({ keep: { x: 16, y: 160 } });
});

test('what gives no stream is refused in a sentence', () => {
  const sink = withOperator({ id: 'end', name: 'End', kind: 'sink', topic: null });
  expect(planSplit(sink, boxes, 'shop-wire-0', 'end')).toEqual({
    ok: false,
    error: '“End” does not fit into this line: it stays as it is.',
  });
  const table = withOperator({ id: 'rows', name: 'Rows', kind: 'table', topic: 'orders' });
  expect(planSplit(table, boxes, 'shop-wire-0', 'rows').ok).toBe(false);
});
