import type { Operator } from '../../design/operators/registry.ts';
import { atOperator, operatorName } from '../places.ts';
import type { Rule } from '../rule.ts';

export const missingTopic: Rule = {
  title: 'Everything that reads or writes has its topic',
  severity: 'error',
  why: 'Without a topic there is nothing to read from or write to.',
  check: (design) =>
    design.services.flatMap((service) =>
      service.operators.filter(lacksTopic).map((operator) => ({
        where: atOperator(operator, 'topic'),
        data: { operator: operator.name, service: service.name },
        message: `${operatorName(operator, service)} has no topic.`,
      })),
    ),
};

function lacksTopic(operator: Operator): boolean {
  if (!('topic' in operator) || operator.topic !== null) return false;
  const isRouted =
    operator.kind === 'sink' && operator.route !== undefined && (operator.routes?.length ?? 0) > 0;
  return !isRouted;
}
