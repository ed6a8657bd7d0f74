import { inputPorts } from '../../design/operators/registry.ts';
import { keyFlowInto } from '../key-flow.ts';
import { atOperator, operatorName } from '../places.ts';
import type { Rule } from '../rule.ts';
import { counted } from '../words.ts';
import { meetingPorts } from './co-partitioning.ts';

export const rekeyHops: Rule = {
  title: 'A new key before a join or an aggregation is a hop',
  severity: 'info',
  why: 'The records go through a topic once more to meet their equals, which costs time and space; a topic keyed by what is joined needs no hop.',
  check: (design) =>
    design.services.flatMap((service) =>
      service.operators.flatMap((operator) => {
        const ports =
          operator.kind === 'aggregate'
            ? inputPorts(operator).map(({ id }) => id)
            : meetingPorts(operator).flat();
        const groups = operator.kind === 'aggregate' && operator.groupBy !== undefined;
        const hops = ports.filter((port) => groups || keyFlowInto(design, operator, port).keyChanged).length;
        if (hops === 0) return [];
        return [
          {
            where: atOperator(operator),
            data: { operator: operator.name, service: service.name, hops },
            message: `${operatorName(operator, service)} costs ${counted(hops, 'hop')} through a repartition topic, because the key changes before it.`,
          },
        ];
      }),
    ),
};
