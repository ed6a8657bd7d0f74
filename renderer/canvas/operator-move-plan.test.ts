import { expect, test } from 'vitest';
import { applyCommand } from '#shared/design/commands/apply-command.ts';
import type { Design } from '#shared/design/design.ts';
import { indexDesign } from '#shared/design/queries/index-design.ts';
import { buildDesign, buildService, buildTopic } from '#shared/design/testing/build-design.ts';
import { planOperatorMove } from './operator-move-plan.ts';

const design = buildDesign({
  topics: [buildTopic('orders')],
  services: [
    buildService(
      'fraud',
      [
        { id: 'in', name: 'In', kind: 'stream', topic: 'orders' },
        { id: 'keep', name: 'Keep', kind: 'filter', condition: 'true' },
        { id: 'out', name: 'Out', kind: 'sink', topic: 'orders' },
        {
          id: 'gate',
          name: 'Gate',
          kind: 'httpWrite',
          method: 'POST',
          path: '/orders',
          accepts: null,
          topic: 'orders',
          key: '',
          value: 'body',
        },
      ],
      ['in > keep', 'keep > out'],
    ),
    buildService('view', []),
  ],
  feeds: [{ id: 'clicks', name: 'Clicks', into: { gateway: 'gate' }, value: '""', perSecond: 1 }],
});
const view = design.services[1] ?? buildService('none', []);

function moved(...ids: readonly string[]): { readonly design: Design; readonly cut: number } {
  const plan = planOperatorMove(
    design,
    ids.map((id) => ({ id, box: { x: 16, y: 56 } })),
    view,
  );
  const applied = applyCommand(design, { do: 'batch', commands: [...plan.commands] });
  expect(applied.ok).toBe(true);
  return { design: applied.ok ? applied.value.design : design, cut: plan.cut };
}

test('an operator keeps its id and loses the wires to what stays behind', () => {
  const { design: after, cut } = moved('keep');
  expect(indexDesign(after).operators.get('keep')?.service.id).toBe('view');
  expect(after.services.flatMap((service) => service.wires)).toEqual([]);
  expect(after.layout.nodes.keep).toEqual({ x: 16, y: 56 });
  expect(cut).toBe(2);
});

test('wires among what moves together come along, and so does what a sink writes', () => {
  const { design: after, cut } = moved('in', 'keep', 'out');
  const target = after.services[1];
  expect(target?.wires.map(({ from, to }) => `${from.operator} > ${to.operator}`)).toEqual([
    'in > keep',
    'keep > out',
  ]);
  expect(target?.operators.find(({ id }) => id === 'out')).toMatchObject({ topic: 'orders' });
  expect(cut).toBe(0);
});

test('the feeds into a gateway come along', () => {
  expect(moved('gate').design.feeds).toEqual(design.feeds);
});

test('nothing is done to an operator that is there already', () => {
  const home = design.services[0] ?? view;
  expect(planOperatorMove(design, [{ id: 'in', box: { x: 0, y: 0 } }], home).commands).toEqual([]);
});
