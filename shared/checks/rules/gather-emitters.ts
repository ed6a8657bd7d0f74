import type { Design, Service } from '../../design/design.ts';
import type { OperatorOf } from '../../design/operators/registry.ts';
import { gatherCount } from '../../design/queries/gather-count.ts';
import { indexDesign } from '../../design/queries/index-design.ts';
import { updateOperator } from '../fix.ts';
import { operatorsOf } from '../flow.ts';
import { atOperator, operatorName } from '../places.ts';
import type { Finding, Rule } from '../rule.ts';
import { counted } from '../words.ts';

export const gatherEmitters: Rule = {
  title: 'A gather waits for as many answers as there are',
  severity: 'error',
  why: 'With one too many it waits until the time is out; with one too few it decides before all have answered.',
  check: (design) =>
    operatorsOf(design, 'gather').flatMap((gather) => {
      const service = indexDesign(design).operators.get(gather.id)?.service;
      return service ? countProblem(design, service, gather) : [];
    }),
};

function countProblem(design: Design, service: Service, gather: OperatorOf<'gather'>): readonly Finding[] {
  const emitters = gatherCount(design, { ...gather, count: 'emitters' });
  const where = atOperator(gather, 'count');
  const name = operatorName(gather, service);
  if (gather.count === 'emitters') {
    if (emitters > 0) return [];
    const data = { operator: gather.name, service: service.name, emitters };
    return [{ where, data, message: `${name} waits for every service that answers, but none is drawn.` }];
  }
  // Answers that come from outside are not drawn, so there the number is taken at its word.
  if (emitters === 0 || gather.count === emitters) return [];
  return [
    {
      where,
      data: { operator: gather.name, service: service.name, count: gather.count, emitters },
      message: `${name} waits for ${counted(gather.count, 'answer')}, but ${counted(emitters, 'service')} ${emitters === 1 ? 'answers' : 'answer'}.`,
      fix: updateOperator(gather, 'Count the services that are drawn', { count: 'emitters' }),
    },
  ];
}
