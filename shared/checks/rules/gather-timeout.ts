import { indexDesign } from '../../design/queries/index-design.ts';
import { updateOperator } from '../fix.ts';
import { operatorsOf } from '../flow.ts';
import { atOperator } from '../places.ts';
import type { Rule } from '../rule.ts';

export const gatherTimeout: Rule = {
  title: 'A gather does not wait for ever',
  severity: 'warning',
  why: 'When one that should answer is down, what is waited for is never decided, and its wait is kept for ever.',
  check: (design) =>
    operatorsOf(design, 'gather')
      .filter((gather) => gather.timeoutMs === undefined)
      .map((gather) => ({
        where: atOperator(gather, 'timeoutMs'),
        data: { operator: gather.name },
        message: `“${gather.name}” in ${indexDesign(design).operators.get(gather.id)?.service.name} waits for ever when an answer does not come.`,
        fix: updateOperator(gather, 'Decide after five minutes', { timeoutMs: 300_000 }),
      })),
};
