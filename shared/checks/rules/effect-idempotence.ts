import { atOperator, operatorName } from '../places.ts';
import type { Rule } from '../rule.ts';

export const effectIdempotence: Rule = {
  title: 'A side effect can be repeated',
  severity: 'error',
  why: 'No transaction of Kafka covers what happens outside it: after a crash it happens again, unless its receiver can tell that it is the same.',
  check: (design) =>
    design.services.flatMap((service) =>
      service.operators.flatMap((operator) => {
        if (operator.kind !== 'sideEffect' || operator.idempotenceKey !== undefined) return [];
        const isExactlyOnce = service.guarantee === 'exactly_once';
        const reason = isExactlyOnce ? 'although the service processes exactly once' : 'after a crash';
        return [
          {
            where: atOperator(operator, 'idempotenceKey'),
            severity: isExactlyOnce ? ('error' as const) : ('warning' as const),
            data: { operator: operator.name, service: service.name },
            message: `${operatorName(operator, service)} may happen twice for one record, ${reason}; give it an idempotence key.`,
          },
        ];
      }),
    ),
};
