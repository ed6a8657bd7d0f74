import { z } from 'zod';
import { Design } from '../design.ts';
import { Id } from '../types.ts';
import { defineCommand } from './design-edit.ts';
import { removeThings } from './remove-things.ts';

/** Renames the design, and with `note` given sets its note, or takes it away when that is empty. */
export const renameDesign = defineCommand({
  schema: z.strictObject({
    do: z.literal('renameDesign'),
    name: Design.shape.name,
    note: Design.shape.note,
  }),
  apply: ({ draft }, { name, note }) => {
    draft.name = name;
    if (note === '') delete draft.note;
    else if (note !== undefined) draft.note = note;
    return null;
  },
});

/** Removes a selection: things of any kind, with all that is nothing without them, in one step. */
export const remove = defineCommand({
  schema: z.strictObject({ do: z.literal('remove'), ids: z.array(Id).min(1) }),
  apply: (edit, { ids }) => removeThings(edit, ids),
});
