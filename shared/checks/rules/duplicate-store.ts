import { storeName } from '../../design/queries/kafka-names.ts';
import { atOperator, operatorName } from '../places.ts';
import { repeated } from '../repeated.ts';
import type { Rule } from '../rule.ts';

export const duplicateStore: Rule = {
  title: 'A store has its name to itself',
  severity: 'error',
  why: 'Two stores of one name in a service share one changelog, and each restores what the other wrote.',
  check: (design) =>
    design.services.flatMap((service) =>
      repeated(service.operators, storeName).map(([operator, earlier]) => ({
        where: atOperator(operator, 'store'),
        data: { store: storeName(operator) ?? '', service: service.name, other: earlier.name },
        message: `${operatorName(operator, service)} keeps its state in “${storeName(operator)}”, as “${earlier.name}” does.`,
      })),
    ),
};
