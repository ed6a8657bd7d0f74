import { expect, test } from 'vitest';
import { applyCommand } from '#shared/design/commands/apply-command.ts';
import type { Command } from '#shared/design/commands/command.ts';
import type { Design } from '#shared/design/design.ts';
import { buildDesign, buildService, buildTopic } from '#shared/design/testing/build-design.ts';
import { sceneOf } from './scene.ts';
import { createSceneMemory } from './scene-memory.ts';

const design = buildDesign({
  topics: [buildTopic('orders'), buildTopic('stock')],
  services: [
    buildService(
      'fraud',
      [
        { id: 'in', name: 'In', kind: 'stream', topic: 'orders' },
        { id: 'keep', name: 'Keep', kind: 'filter', condition: 'true' },
      ],
      ['in > keep'],
    ),
  ],
  layout: { nodes: { fraud: { x: 100, y: 0 }, in: { x: 16, y: 56 }, keep: { x: 16, y: 400 } } },
});

function after(before: Design, command: Command): Design {
  const applied = applyCommand(before, command);
  expect(applied.ok).toBe(true);
  return applied.ok ? applied.value.design : before;
}

test('a change of one thing makes one new node, so that nothing else renders', () => {
  const memory = createSceneMemory();
  const first = sceneOf(design, design.layout.nodes, memory);
  const moved = after(design, { do: 'moveNodes', nodes: [{ id: 'orders', box: { x: 8, y: 8 } }] });
  const second = sceneOf(moved, moved.layout.nodes, memory);
  const fresh = second.nodes.filter((node) => !first.nodes.includes(node));
  expect(fresh.map(({ id }) => id)).toEqual(['orders']);
  expect(second.edges).toEqual(first.edges);
  expect(second.edges.every((edge, index) => edge === first.edges[index])).toBe(true);
});

test('a service is as high as what stands in it', () => {
  const scene = sceneOf(design, design.layout.nodes, createSceneMemory());
  const service = scene.nodes.find(({ id }) => id === 'fraud');
  expect(service?.height).toBeGreaterThanOrEqual(400 + 44);
});

test('parents come before their children, and each node says what it is', () => {
  const { nodes } = sceneOf(design, design.layout.nodes, createSceneMemory());
  expect(nodes.map(({ ariaLabel }) => ariaLabel)).toEqual([
    'Service fraud',
    'Stream In',
    'Filter Keep',
    'Topic orders',
    'Topic stock',
  ]);
});

test('every edge begins and ends at a handle that its nodes have', () => {
  const { nodes, edges } = sceneOf(design, design.layout.nodes, createSceneMemory());
  const handles = new Set(nodes.flatMap((node) => (node.handles ?? []).map(({ id }) => `${node.id} ${id}`)));
  expect(edges).toHaveLength(2);
  for (const edge of edges) {
    expect(handles).toContain(`${edge.source} ${edge.sourceHandle}`);
    expect(handles).toContain(`${edge.target} ${edge.targetHandle}`);
  }
});
