import { z } from 'zod';
import { Box, External } from '../design.ts';
import { externalReferences } from '../references.ts';
import { Id } from '../types.ts';
import {
  additionProblem,
  assignFields,
  danglingProblem,
  defineCommand,
  placeBox,
  placeOf,
  withChanges,
} from './design-edit.ts';
import { removeOne } from './remove-things.ts';

export const addExternal = defineCommand({
  schema: z.strictObject({ do: z.literal('addExternal'), external: External, box: Box.optional() }),
  apply: (edit, { external, box }) => {
    const problem = additionProblem(edit.design, external.id, externalReferences(external));
    if (problem) return problem;
    edit.draft.externals.push(external);
    placeBox(edit, external.id, box);
    edit.touched.add(external.id);
    return null;
  },
});

export const updateExternal = defineCommand({
  schema: z.strictObject({
    do: z.literal('updateExternal'),
    external: Id,
    changes: External.omit({ id: true }).partial(),
  }),
  apply: ({ design, draft, touched }, { external: id, changes }) => {
    const at = placeOf(design.externals, id);
    if (at === null) return { code: 'unknown-id', id };
    const result = withChanges(External, design.externals[at] ?? {}, changes);
    if (result.problem) return result.problem;
    const problem = danglingProblem(design, externalReferences(result.changed));
    if (problem) return problem;
    assignFields(draft.externals[at], design.externals[at], result.changed);
    touched.add(id);
    return null;
  },
});

export const removeExternal = defineCommand({
  schema: z.strictObject({ do: z.literal('removeExternal'), external: Id }),
  apply: (edit, { external }) => removeOne(edit, 'externals', external),
});
