import { indexDesign } from '../../design/queries/index-design.ts';
import { operatorsOf } from '../flow.ts';
import { atOperator, operatorName } from '../places.ts';
import type { Rule } from '../rule.ts';
import { listWords } from '../words.ts';

export const routedSink: Rule = {
  title: 'A topic chosen by data is among those declared',
  severity: 'info',
  why: 'A topic must exist before it is written, and one that only data names is on no drawing.',
  check: (design) => {
    const { topics, operators } = indexDesign(design);
    return operatorsOf(design, 'sink').flatMap((sink) => {
      const service = operators.get(sink.id)?.service;
      if (sink.route === undefined || !service) return [];
      const names = (sink.routes ?? []).map((id) => topics.get(id)?.name ?? id);
      const isDeclared = names.length > 0;
      const name = operatorName(sink, service);
      return [
        {
          where: atOperator(sink, 'routes'),
          severity: isDeclared ? ('info' as const) : ('warning' as const),
          data: { operator: sink.name, service: service.name, topics: names },
          message: isDeclared
            ? `${name} chooses among ${listWords(names)} by its data; a name that is none of these is an error when it runs.`
            : `${name} names its topic by its data, but lists no topic that it may name.`,
        },
      ];
    });
  },
};
