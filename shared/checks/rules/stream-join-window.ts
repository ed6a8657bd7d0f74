import { indexDesign } from '../../design/queries/index-design.ts';
import { updateOperator } from '../fix.ts';
import { operatorsOf } from '../flow.ts';
import { atOperator } from '../places.ts';
import type { Rule } from '../rule.ts';

const fiveMinutes = 300_000;

export const streamJoinWindow: Rule = {
  title: 'A join of two streams has a window',
  severity: 'error',
  why: 'Without a window every record would be kept for ever, in case its other half comes.',
  check: (design) =>
    operatorsOf(design, 'join')
      .filter((join) => join.inputs === 'streamStream' && join.window === undefined)
      .map((join) => ({
        where: atOperator(join, 'window'),
        data: { operator: join.name },
        message: `“${join.name}” in ${indexDesign(design).operators.get(join.id)?.service.name} joins two streams without a window.`,
        fix: updateOperator(join, 'Join records at most five minutes apart', {
          window: { beforeMs: fiveMinutes, afterMs: fiveMinutes, graceMs: fiveMinutes },
        }),
      })),
};
