import type { ElkNode } from 'elkjs/lib/elk-api.js';
import type { Box, Design } from '#shared/design/design.ts';
import { onGrid } from '../node-size.ts';
import { innerGraph, type PlacedInside, placedInsides } from './inner-graph.ts';
import { type Layering, layerings, outerGraph } from './outer-graph.ts';

export type LayOut = (graph: ElkNode) => Promise<ElkNode>;

/** The shape of the window that a drawing is looked at in. */
const window = { width: 1_300, height: 1_000 };
/** Larger drawings are arranged in one way only: trying several takes too long. */
const mostTried = 300;

/** Works out where everything of a design should stand: first inside each service, then around them. */
export async function arrangeDesign(design: Design, layOut: LayOut): Promise<Readonly<Record<string, Box>>> {
  const insides = placedInsides(design, await layOut(innerGraph(design)));
  const outer = await layOutBest(design, insides, layOut);
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

/** Of the ways there are, the one that is seen largest in a window. */
async function layOutBest(
  design: Design,
  insides: ReadonlyMap<string, PlacedInside>,
  layOut: LayOut,
): Promise<ElkNode> {
  const isLarge = design.services.length + design.topics.length > mostTried;
  const tried: readonly Layering[] = isLarge ? layerings.slice(0, 1) : layerings;
  let best: ElkNode | null = null;
  for (const layering of tried) {
    const graph = await layOut(outerGraph(design, insides, layering));
    if (best === null || zoomOf(graph) > zoomOf(best)) {
      best = graph;
    }
  }
  return best ?? { id: 'root' };
}

function zoomOf({ width = 1, height = 1 }: ElkNode): number {
  return Math.min(window.width / width, window.height / height);
}
