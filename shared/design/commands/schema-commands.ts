import { z } from 'zod';
import { Schema } from '../design.ts';
import { schemaReferences } from '../references.ts';
import { Id } from '../types.ts';
import { additionProblem, assignFields, danglingProblem, defineCommand, placeOf } from './design-edit.ts';
import { removeOne } from './remove-things.ts';

/** Adds a schema; a record may hold itself. */
export const addSchema = defineCommand({
  schema: z.strictObject({ do: z.literal('addSchema'), schema: Schema }),
  apply: ({ design, draft, touched }, { schema }) => {
    const problem = additionProblem(design, schema.id, schemaReferences(schema));
    if (problem) return problem;
    draft.schemas.push(schema);
    touched.add(schema.id);
    return null;
  },
});

/** Gives a schema new content; a record may become an enumeration and the other way. */
export const updateSchema = defineCommand({
  schema: z.strictObject({ do: z.literal('updateSchema'), schema: Schema }),
  apply: ({ design, draft, touched }, { schema }) => {
    const at = placeOf(design.schemas, schema.id);
    if (at === null) return { code: 'unknown-id', id: schema.id };
    const problem = danglingProblem(design, schemaReferences(schema));
    if (problem) return problem;
    assignFields(draft.schemas[at], design.schemas[at], schema);
    touched.add(schema.id);
    return null;
  },
});

/** Takes a schema away that nothing is made of any more; otherwise `in-use` names what is. */
export const removeSchema = defineCommand({
  schema: z.strictObject({ do: z.literal('removeSchema'), schema: Id }),
  apply: (edit, { schema }) => removeOne(edit, 'schemas', schema),
});
