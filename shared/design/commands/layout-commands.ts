import { z } from 'zod';
import { Box } from '../design.ts';
import { hasId } from '../queries/all-ids.ts';
import { Id } from '../types.ts';
import type { CommandProblem } from './command-problem.ts';
import { type DesignEdit, defineCommand, placeBox } from './design-edit.ts';

const PlacedBoxes = z.array(z.strictObject({ id: Id, box: Box })).max(100_000);
type PlacedBoxes = z.infer<typeof PlacedBoxes>;

/** Moves or resizes what a person dragged; boxes come to stand on whole points. */
export const moveNodes = defineCommand({
  schema: z.strictObject({ do: z.literal('moveNodes'), nodes: PlacedBoxes }),
  apply: (edit, { nodes }) => placeAll(edit, nodes),
});

/** Takes over what the automatic layout worked out. */
export const arrange = defineCommand({
  schema: z.strictObject({ do: z.literal('arrange'), nodes: PlacedBoxes }),
  apply: (edit, { nodes }) => placeAll(edit, nodes),
});

function placeAll(edit: DesignEdit, nodes: PlacedBoxes): CommandProblem | null {
  const unknown = nodes.find(({ id }) => !hasId(edit.design, id));
  if (unknown) return { code: 'unknown-id', id: unknown.id };
  for (const { id, box } of nodes) {
    placeBox(edit, id, box);
    edit.touched.add(id);
  }
  return null;
}
