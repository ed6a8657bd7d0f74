import { z } from 'zod';
import { freeId } from '../../base/ids.ts';
import { Wire } from '../design.ts';
import { hasId } from '../queries/all-ids.ts';
import { canConnect } from '../queries/can-connect.ts';
import { Id } from '../types.ts';
import { defineCommand, placeOf } from './design-edit.ts';
import { removeOne } from './remove-things.ts';

/** Draws a wire from an output to an input of the same service; its id is made of its ends. */
export const connect = defineCommand({
  schema: z.strictObject({ do: z.literal('connect'), from: Wire.shape.from, to: Wire.shape.to }),
  apply: ({ design, draft, touched }, { from, to }) => {
    const allowed = canConnect(design, from, to);
    if (!allowed.ok) return { code: 'cannot-connect', problem: allowed.error };
    const id = freeId(`${from.operator}-to-${to.operator}`, { has: (taken) => hasId(design, taken) });
    const at = placeOf(design.services, allowed.value.service.id) ?? -1;
    draft.services[at]?.wires.push({ id, from, to });
    touched.add(id);
    return null;
  },
});

export const disconnect = defineCommand({
  schema: z.strictObject({ do: z.literal('disconnect'), wire: Id }),
  apply: (edit, { wire }) => removeOne(edit, 'wires', wire),
});
