import { topicsReadBy } from '../../design/queries/topic-use.ts';
import { atService } from '../places.ts';
import type { Rule } from '../rule.ts';

/** Connectors have a dead letter of their own in their configuration. */
export const poisonPath: Rule = {
  title: 'A service has somewhere to put what it cannot process',
  severity: 'warning',
  why: 'One record that cannot be read stops its partition, and everything behind it waits.',
  check: (design) =>
    design.services.flatMap((service) => {
      const reads = service.operators.some(
        (operator) => operator.kind !== 'connectorSink' && topicsReadBy(operator).length > 0,
      );
      if (!reads || service.operators.some(({ kind }) => kind === 'deadLetter')) return [];
      return [
        {
          where: atService(service),
          data: { service: service.name },
          message: `${service.name} stops at the first record that it cannot process; a dead letter would let it go on.`,
        },
      ];
    }),
};
