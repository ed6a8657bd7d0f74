import { z } from 'zod';
import { Box, Service } from '../design.ts';
import { Id } from '../types.ts';
import {
  additionProblem,
  assignFields,
  defineCommand,
  placeBox,
  placeOf,
  withChanges,
} from './design-edit.ts';
import { removeOne } from './remove-things.ts';

/** Adds a service, with the operators and wires it may have already. */
export const addService = defineCommand({
  schema: z.strictObject({ do: z.literal('addService'), service: Service, box: Box.optional() }),
  apply: (edit, { service, box }) => {
    const problem = additionProblem(edit.design, service.id, []);
    if (problem) return problem;
    edit.draft.services.push(service);
    placeBox(edit, service.id, box);
    for (const { id } of [service, ...service.operators, ...service.wires]) edit.touched.add(id);
    return null;
  },
});

/** Changes a service's own fields; its operators and wires have commands of their own. */
export const updateService = defineCommand({
  schema: z.strictObject({
    do: z.literal('updateService'),
    service: Id,
    changes: Service.omit({ id: true, operators: true, wires: true }).partial(),
  }),
  apply: ({ design, draft, touched }, { service: id, changes }) => {
    const at = placeOf(design.services, id);
    const service = at === null ? undefined : design.services[at];
    if (at === null || !service) return { code: 'unknown-id', id };
    const { operators, wires, ...own } = service;
    const result = withChanges(Service.omit({ operators: true, wires: true }), own, changes);
    if (result.problem) return result.problem;
    assignFields(draft.services[at], service, { ...result.changed, operators, wires });
    touched.add(id);
    return null;
  },
});

/** Takes a service away with all that is in it. */
export const removeService = defineCommand({
  schema: z.strictObject({ do: z.literal('removeService'), service: Id }),
  apply: (edit, { service }) => removeOne(edit, 'services', service),
});
