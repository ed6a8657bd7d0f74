import type { Operator } from '../../design/operators/registry.ts';
import { outputPorts } from '../../design/operators/registry.ts';
import { wiresFrom } from '../../design/queries/wires.ts';
import { atOperator, operatorName } from '../places.ts';
import type { Rule } from '../rule.ts';

export const deadEnd: Rule = {
  title: 'What an operator gives goes somewhere',
  severity: 'warning',
  why: 'The records are read and computed, and then nobody takes them.',
  check: (design) =>
    design.services.flatMap((service) =>
      service.operators
        .filter((operator) => isExpectedToGoOn(operator) && wiresFrom(design, operator.id).length === 0)
        .map((operator) => ({
          where: atOperator(operator),
          data: { operator: operator.name, service: service.name },
          message: `Nothing takes what ${operatorName(operator, service)} gives.`,
        })),
    ),
};

/** A side effect has done its work; an aggregate's result can be read in its store; a branch has its own rule. */
function isExpectedToGoOn(operator: Operator): boolean {
  const isEnd = operator.kind === 'sideEffect' || operator.kind === 'aggregate' || operator.kind === 'branch';
  return !isEnd && outputPorts(operator).length > 0;
}
