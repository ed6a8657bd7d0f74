import type { ElkNode } from 'elkjs/lib/elk-api.js';
import type { Box, Design } from '#shared/design/design.ts';
import { onGrid } from '../node-size.ts';
import { innerGraph, placedInsides } from './inner-graph.ts';
import { outerGraph } from './outer-graph.ts';

export type LayOut = (graph: ElkNode) => Promise<ElkNode>;

/** Works out where everything of a design should stand: first inside each service, then around them. */
export async function arrangeDesign(design: Design, layOut: LayOut): Promise<Readonly<Record<string, Box>>> {
  const insides = placedInsides(design, await layOut(innerGraph(design)));
  const outer = await layOut(outerGraph(design, insides));
  const boxes: Record<string, Box> = {};
  for (const { id, x = 0, y = 0 } of outer.children ?? []) {
    const size = insides.get(id)?.size;
    boxes[id] = { x: onGrid(x), y: onGrid(y), ...size };
  }
  for (const inside of insides.values()) {
    for (const [id, place] of inside.boxes) {
      boxes[id] = place;
    }
  }
  return boxes;
}
