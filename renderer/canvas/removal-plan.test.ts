import { expect, test } from 'vitest';
import { applyCommand } from '#shared/design/commands/apply-command.ts';
import { buildDesign, buildService, buildTopic } from '#shared/design/testing/build-design.ts';
import { planRemoval } from './removal-plan.ts';
import { sceneEdges } from './scene-edges.ts';
import { createSceneMemory } from './scene-memory.ts';
import type { EdgeMeaning } from './scene-types.ts';

const design = buildDesign({
  topics: [buildTopic('orders'), buildTopic('gold'), buildTopic('silver')],
  services: [
    buildService(
      'mailer',
      [
        { id: 'in', name: 'In', kind: 'stream', topic: 'orders' },
        { id: 'call', name: 'Call', kind: 'sideEffect', handler: 'send', external: 'mail' },
        { id: 'out', name: 'Out', kind: 'sink', topic: null, route: 'value', routes: ['gold', 'silver'] },
      ],
      ['in > call', 'call > out'],
    ),
    buildService('view', []),
  ],
  externals: [{ id: 'mail', name: 'Mail', kind: 'mail', writes: ['orders'], reads: ['gold'] }],
  requests: [{ id: 'asks', from: 'mailer', to: 'view' }],
});

const meanings = sceneEdges(design, createSceneMemory()).flatMap((edge) =>
  edge.data === undefined ? [] : [edge.data.meaning],
);

function remaining(commands: ReturnType<typeof planRemoval>): readonly EdgeMeaning[] {
  const applied = applyCommand(design, { do: 'batch', commands: [...commands] });
  expect(applied.ok ? null : applied.error).toBeNull();
  return applied.ok
    ? sceneEdges(applied.value.design, createSceneMemory()).flatMap((edge) => edge.data?.meaning ?? [])
    : [];
}

test('every line of the drawing can be taken away, and only that one', () => {
  expect(meanings).toHaveLength(9);
  for (const meaning of meanings) {
    const left = remaining(planRemoval(design, [], [meaning]));
    expect(left, JSON.stringify(meaning)).toEqual(meanings.filter((each) => each !== meaning));
  }
});

test('a line that goes with a node is not cut as well', () => {
  expect(planRemoval(design, ['in'], meanings)).toContainEqual({ do: 'remove', ids: ['in'] });
  expect(
    planRemoval(
      design,
      ['in'],
      meanings.filter((each) => each.is === 'reads'),
    ),
  ).toEqual([{ do: 'remove', ids: ['in'] }]);
});
