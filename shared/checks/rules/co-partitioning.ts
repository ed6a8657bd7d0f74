import type { Design, Service } from '../../design/design.ts';
import type { Operator } from '../../design/operators/registry.ts';
import { isCoPartitioned, keyFlowInto } from '../key-flow.ts';
import { atOperator, operatorName } from '../places.ts';
import type { Finding, Rule } from '../rule.ts';
import { counted, listWords } from '../words.ts';

export const coPartitioning: Rule = {
  title: 'Joined inputs have the same number of partitions',
  severity: 'error',
  why: 'A join finds equal keys only in partitions of the same number; Kafka Streams looks only when it starts, and stops.',
  check: (design) =>
    design.services.flatMap((service) =>
      service.operators.flatMap((operator) => unequal(design, service, operator)),
    ),
};

/** The ports of which equal keys must meet; none where an operator has one input or looks up a copy. */
export function meetingPorts(operator: Operator): readonly (readonly [string, string])[] {
  if (operator.kind === 'gather') return [['start', 'items']];
  return operator.kind === 'join' && isCoPartitioned(operator) ? [['left', 'right']] : [];
}

function unequal(design: Design, service: Service, operator: Operator): readonly Finding[] {
  return meetingPorts(operator).flatMap((ports) => {
    const flows = ports.map((port) => keyFlowInto(design, operator, port)).filter((flow) => !flow.keyChanged);
    const counts = [...new Set(flows.flatMap((flow) => [...flow.partitions]))].sort((a, b) => a - b);
    if (counts.length < 2) return [];
    const words = counts.map((count, index) =>
      index === counts.length - 1 ? counted(count, 'partition') : String(count),
    );
    return [
      {
        where: atOperator(operator),
        data: { operator: operator.name, service: service.name, partitions: words },
        message: `${operatorName(operator, service)} brings together inputs of ${listWords(words)}; put a repartition before one side.`,
      },
    ];
  });
}
