import { indexDesign } from '../../design/queries/index-design.ts';
import { topologicalOrder } from '../../design/queries/topological-order.ts';
import { atService } from '../places.ts';
import type { Rule } from '../rule.ts';

export const wireCycle: Rule = {
  title: 'Wires go forward',
  severity: 'error',
  why: 'Records of a topology flow one way; what must come back goes through a topic.',
  check: (design) =>
    design.services.flatMap((service) => {
      const order = topologicalOrder(service);
      if (order.ok) return [];
      const { operators } = indexDesign(design);
      const names = order.error.cycle.map((id) => operators.get(id)?.operator.name ?? id);
      return [
        {
          where: atService(service),
          data: { service: service.name, cycle: names },
          message: `The wires of ${service.name} run in a circle: ${[...names, names[0]].join(' → ')}.`,
        },
      ];
    }),
};
