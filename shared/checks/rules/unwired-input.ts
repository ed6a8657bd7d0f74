import { inputPorts } from '../../design/operators/registry.ts';
import { wiresInto } from '../../design/queries/wires.ts';
import { atOperator, operatorName } from '../places.ts';
import type { Rule } from '../rule.ts';

/** A dead letter works without a wire: it takes what the service itself cannot process. */
export const unwiredInput: Rule = {
  title: 'Every input is wired',
  severity: 'error',
  why: 'An operator without its input never does anything, so the service cannot be generated or run.',
  check: (design) =>
    design.services.flatMap((service) =>
      service.operators.flatMap((operator) => {
        if (operator.kind === 'deadLetter') return [];
        const free = inputPorts(operator).filter(
          (port) => wiresInto(design, operator.id, port.id).length === 0,
        );
        return free.map((port) => ({
          where: atOperator(operator),
          data: { operator: operator.name, service: service.name, port: port.id },
          message: `The input “${port.label}” of ${operatorName(operator, service)} is not wired.`,
        }));
      }),
    ),
};
