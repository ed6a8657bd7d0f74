import { z } from 'zod';
import { Request } from '../design.ts';
import { requestReferences } from '../references.ts';
import { Id } from '../types.ts';
import { additionProblem, defineCommand } from './design-edit.ts';
import { removeOne } from './remove-things.ts';

export const addRequest = defineCommand({
  schema: z.strictObject({ do: z.literal('addRequest'), request: Request }),
  apply: ({ design, draft, touched }, { request }) => {
    const problem = additionProblem(design, request.id, requestReferences(request));
    if (problem) return problem;
    draft.requests.push(request);
    touched.add(request.id);
    return null;
  },
});

export const removeRequest = defineCommand({
  schema: z.strictObject({ do: z.literal('removeRequest'), request: Id }),
  apply: (edit, { request }) => removeOne(edit, 'requests', request),
});
