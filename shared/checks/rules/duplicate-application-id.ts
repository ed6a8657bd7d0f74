import { atService } from '../places.ts';
import { repeated } from '../repeated.ts';
import type { Rule } from '../rule.ts';

export const duplicateApplicationId: Rule = {
  title: 'A service has its application id to itself',
  severity: 'error',
  why: 'The application id is the consumer group and the prefix of every changelog: two services of one id take each other’s partitions and state.',
  check: (design) =>
    repeated(design.services, ({ applicationId }) => applicationId).map(([service, earlier]) => ({
      where: atService(service, 'applicationId'),
      data: { applicationId: service.applicationId, service: service.name, other: earlier.name },
      message: `${service.name} and ${earlier.name} have the same application id, ${service.applicationId}.`,
    })),
};
