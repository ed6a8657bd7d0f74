import { atService } from '../places.ts';
import type { Rule } from '../rule.ts';

export const emptyService: Rule = {
  title: 'A service does something',
  severity: 'info',
  why: 'A service without operators is a name on the drawing; nothing is generated for it.',
  check: (design) =>
    design.services
      .filter((service) => service.operators.length === 0)
      .map((service) => ({
        where: atService(service),
        data: { service: service.name },
        message: `${service.name} has no operators yet.`,
      })),
};
