import type { Design } from '../../design/design.ts';
import type { Operator, OperatorOf } from '../../design/operators/registry.ts';
import { indexDesign } from '../../design/queries/index-design.ts';
import { topicsWrittenBy } from '../../design/queries/topic-use.ts';
import { downstreamOf, operatorsOf, reached, upstreamOf } from '../flow.ts';
import { atOperator, operatorName } from '../places.ts';
import type { Rule } from '../rule.ts';
import { listWords } from '../words.ts';

export const dualWrite: Rule = {
  title: 'No step writes a database and a topic',
  severity: 'warning',
  why: 'No transaction covers both, so sooner or later one has a change that the other lacks.',
  check: (design) => {
    const { operators, externals } = indexDesign(design);
    return operatorsOf(design, 'sideEffect').flatMap((effect) => {
      const external = effect.external === null ? undefined : externals.get(effect.external);
      const service = operators.get(effect.id)?.service;
      if (external?.kind !== 'database' || !service) return [];
      const topics = topicsBeside(design, effect);
      if (topics.length === 0) return [];
      return [
        {
          where: atOperator(effect),
          data: { operator: effect.name, service: service.name, external: external.name, topics },
          message: `${operatorName(effect, service)} writes ${external.name} while the same records go to ${listWords(topics)}; write the topic first and fill the database from it.`,
        },
      ];
    });
  },
};

/** The topics that records of the same step go to: after the side effect, or beside it from what feeds it. */
function topicsBeside(design: Design, effect: OperatorOf<'sideEffect'>): readonly string[] {
  const before = [...reached(effect, (operator) => upstreamOf(design, operator))];
  const after = new Set<Operator>([effect, ...before]);
  for (const operator of after) for (const next of downstreamOf(design, operator)) after.add(next);
  const { topics } = indexDesign(design);
  const written = [...after].flatMap((operator) =>
    operator.kind === 'sink' ? topicsWrittenBy(operator) : [],
  );
  return [...new Set(written)].map((id) => topics.get(id)?.name ?? id);
}
