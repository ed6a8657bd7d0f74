import Elk from 'elkjs/lib/elk.bundled.js';
import { expect, test } from 'vitest';
import type { Box, Design } from '#shared/design/design.ts';
import { parseDesign } from '#shared/design/parse-design.ts';
import ordersText from '../../../examples/orders.millstream.json?raw';
import { externalSize, operatorSize, topicSize } from '../node-size.ts';
import { arrangeDesign } from './arrange-design.ts';

const elk = new Elk();

function orders(): Design {
  const parsed = parseDesign(ordersText);
  if (!parsed.ok) throw new Error('The Orders example does not open.');
  return parsed.value;
}

function overlaps(a: Required<Box>, b: Required<Box>): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function overlapping(boxes: readonly (readonly [string, Required<Box>])[]): readonly string[] {
  return boxes.flatMap(([id, box], index) =>
    boxes.slice(index + 1).flatMap(([other, its]) => (overlaps(box, its) ? [`${id} ${other}`] : [])),
  );
}

test('everything of the Orders design gets a place, and nothing lies on anything else', async () => {
  const design = orders();
  const boxes = await arrangeDesign(design, (graph) => elk.layout(graph));
  const place = (id: string, size: { width: number; height: number }) => {
    const box = boxes[id];
    expect(box, id).toBeDefined();
    return [id, { x: 0, y: 0, ...size, ...box }] as const;
  };
  const outer = [
    ...design.topics.map((topic) => place(topic.id, topicSize(topic))),
    ...design.externals.map((external) => place(external.id, externalSize(external))),
    ...design.services.map(({ id }) => place(id, { width: 0, height: 0 })),
  ];
  expect(overlapping(outer)).toEqual([]);
  for (const service of design.services) {
    const inside = service.operators.map((operator) => place(operator.id, operatorSize(operator)));
    expect(overlapping(inside)).toEqual([]);
    const wall = boxes[service.id];
    for (const [id, box] of inside) {
      expect(box.x + box.width, id).toBeLessThanOrEqual(wall?.width ?? 0);
      expect(box.y + box.height, id).toBeLessThanOrEqual(wall?.height ?? 0);
    }
  }
});
