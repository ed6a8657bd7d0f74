import { portValueType } from '../../design/queries/port-value-type.ts';
import { atOperator, operatorName } from '../places.ts';
import type { Rule } from '../rule.ts';
import { isSameKey, typeInWords } from '../types-in-words.ts';
import { meetingPorts } from './co-partitioning.ts';

export const joinKey: Rule = {
  title: 'Joined inputs have keys of one type',
  severity: 'error',
  why: 'A join compares keys as bytes; keys of different types are never equal, so it gives nothing and says nothing.',
  check: (design) =>
    design.services.flatMap((service) =>
      service.operators.flatMap((operator) =>
        meetingPorts(operator).flatMap(([leftPort, rightPort]) => {
          const left = portValueType(design, operator.id, leftPort).key;
          const right = portValueType(design, operator.id, rightPort).key;
          if (left === null || right === null || isSameKey(design, left, right)) return [];
          const [one, two] = [typeInWords(design, left), typeInWords(design, right)];
          return [
            {
              where: atOperator(operator),
              data: { operator: operator.name, service: service.name, left: one, right: two },
              message: `${operatorName(operator, service)} brings together keys of type ${one} and ${two}; rekey one side before it.`,
            },
          ];
        }),
      ),
    ),
};
