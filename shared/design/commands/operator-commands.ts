import { z } from 'zod';
import { Box, type Wire } from '../design.ts';
import { inputPorts, Operator, outputPorts } from '../operators/registry.ts';
import { duplicatePorts } from '../parse/integrity-problems.ts';
import { indexDesign } from '../queries/index-design.ts';
import { operatorReferencesOf } from '../references.ts';
import { Id } from '../types.ts';
import type { CommandProblem } from './command-problem.ts';
import {
  additionProblem,
  assignFields,
  danglingProblem,
  defineCommand,
  placeBox,
  placeOf,
} from './design-edit.ts';
import { removeOne } from './remove-things.ts';

export const addOperator = defineCommand({
  schema: z.strictObject({
    do: z.literal('addOperator'),
    service: Id,
    operator: Operator,
    box: Box.optional(),
  }),
  apply: (edit, { service, operator, box }) => {
    const at = placeOf(edit.design.services, service);
    if (at === null) return { code: 'unknown-id', id: service };
    const problem =
      additionProblem(edit.design, operator.id, operatorReferencesOf(operator)) ?? portProblem(operator);
    if (problem) return problem;
    edit.draft.services[at]?.operators.push(operator);
    placeBox(edit, operator.id, box);
    edit.touched.add(operator.id);
    return null;
  },
});

/** Gives an operator new fields; its id and kind stay. Wires at a port that it no longer has go. */
export const updateOperator = defineCommand({
  schema: z.strictObject({ do: z.literal('updateOperator'), operator: Operator }),
  apply: ({ design, draft, touched }, { operator }) => {
    const placed = indexDesign(design).operators.get(operator.id);
    if (!placed) return { code: 'unknown-id', id: operator.id };
    if (placed.operator.kind !== operator.kind) {
      return { code: 'kind-differs', id: operator.id, is: placed.operator.kind };
    }
    const problem = danglingProblem(design, operatorReferencesOf(operator)) ?? portProblem(operator);
    if (problem) return problem;

    const service = draft.services[placeOf(design.services, placed.service.id) ?? -1];
    const at = placeOf(placed.service.operators, operator.id) ?? -1;
    assignFields(service?.operators[at], placed.operator, operator);
    touched.add(operator.id);
    const lost = placed.service.wires.filter((wire) => isLoose(wire, operator));
    if (service && lost.length > 0) {
      service.wires = placed.service.wires.filter((wire) => !lost.includes(wire));
      for (const { id } of lost) {
        delete draft.layout.nodes[id];
        touched.add(id);
      }
    }
    return null;
  },
});

export const removeOperator = defineCommand({
  schema: z.strictObject({ do: z.literal('removeOperator'), operator: Id }),
  apply: (edit, { operator }) => removeOne(edit, 'operators', operator),
});

function portProblem(operator: Operator): CommandProblem | null {
  const problems = duplicatePorts(operator, ['operator']);
  return problems.length === 0 ? null : { code: 'not-valid', problems };
}

function isLoose(wire: Wire, operator: Operator): boolean {
  const lacks = (ports: readonly { readonly id: string }[], port: string) =>
    !ports.some(({ id }) => id === port);
  return (
    (wire.from.operator === operator.id && lacks(outputPorts(operator), wire.from.port)) ||
    (wire.to.operator === operator.id && lacks(inputPorts(operator), wire.to.port))
  );
}
