import type { Design } from '../../design/design.ts';
import type { Operator } from '../../design/operators/registry.ts';
import { indexDesign } from '../../design/queries/index-design.ts';
import { isFinal } from '../../design/windows.ts';
import { updateOperator } from '../fix.ts';
import { downstreamOf, operatorsOf } from '../flow.ts';
import { atOperator, operatorName } from '../places.ts';
import type { Rule } from '../rule.ts';

export const earlyAlert: Rule = {
  title: 'What acts on a window waits for its result',
  severity: 'warning',
  why: 'A window gives an update for each record, so the mail or the call is made again and again, for figures that are not final.',
  check: (design) =>
    operatorsOf(design, 'aggregate').flatMap((aggregate) => {
      const service = indexDesign(design).operators.get(aggregate.id)?.service;
      if (!aggregate.window || isFinal(aggregate.suppress) || !service) return [];
      return effectsOf(design, aggregate).map((effect) => ({
        where: atOperator(effect),
        data: { operator: effect.name, service: service.name, aggregate: aggregate.name },
        message: `${operatorName(effect, service)} acts on every update of “${aggregate.name}”, before its window is over.`,
        fix: updateOperator(aggregate, 'Give results when the window closes', {
          suppress: { kind: 'untilWindowCloses' },
        }),
      }));
    }),
};

/** The side effects that its updates reach inside the service; a further aggregation gives results of its own. */
function effectsOf(design: Design, aggregate: Operator): readonly Operator[] {
  const reached = new Set(downstreamOf(design, aggregate));
  for (const operator of reached) {
    if (operator.kind === 'aggregate' || operator.kind === 'gather') continue;
    for (const next of downstreamOf(design, operator)) reached.add(next);
  }
  return [...reached].filter(({ kind }) => kind === 'sideEffect');
}
