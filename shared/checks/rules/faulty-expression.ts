import type { Design } from '../../design/design.ts';
import type { Operator } from '../../design/operators/registry.ts';
import { type ExpressionSlot, expressionSlots, feedSlots } from '../../design/queries/expression-slots.ts';
import { checkExpression, type ExpressionEnvironment } from '../../expressions/check-expression.ts';
import { recordOf, stringType } from '../../expressions/expression-type.ts';
import { environmentOf } from '../../expressions/slot-environment.ts';
import type { Place } from '../diagnostic.ts';
import { operatorName } from '../places.ts';
import type { Finding, Rule } from '../rule.ts';

export const faultyExpression: Rule = {
  title: 'Every expression can be evaluated',
  severity: 'error',
  why: 'A service with an expression that cannot be evaluated can be neither run nor generated.',
  check: (design) => [
    ...design.services.flatMap((service) =>
      service.operators.flatMap((operator) =>
        expressionSlots(design, operator).flatMap((slot) => {
          const place = { kind: 'operator', id: operator.id, field: slot.field } as const;
          return faultsOf(
            environmentFor(design, operator, slot),
            slot,
            place,
            operatorName(operator, service),
          );
        }),
      ),
    ),
    ...design.feeds.flatMap((feed) =>
      feedSlots(design, feed).flatMap((slot) => {
        const place = { kind: 'feed', id: feed.id, field: slot.field } as const;
        return faultsOf(environmentOf(design, slot), slot, place, `the feed “${feed.name}”`);
      }),
    ),
  ],
};

function faultsOf(
  env: ExpressionEnvironment,
  slot: ExpressionSlot,
  where: Place,
  owner: string,
): readonly Finding[] {
  if (typeof slot.expression !== 'string') return [];
  const { problems } = checkExpression(slot.expression, { ...env, place: slotInWords(slot.field) });
  return problems.map((problem) => ({
    where,
    data: { problem: problem.code, start: problem.start, end: problem.end, field: slot.field },
    message:
      problem.code === 'empty'
        ? `${capital(slotInWords(slot.field))} of ${owner} is empty.`
        : `${capital(slotInWords(slot.field))} of ${owner}: ${problem.message}`,
  }));
}

/** The parameters of a gateway's path are known by name, so that a wrong one is found. */
function environmentFor(design: Design, operator: Operator, slot: ExpressionSlot): ExpressionEnvironment {
  const env = environmentOf(design, slot);
  if (!('path' in operator) || !('params' in env.variables)) return env;
  const names = [...operator.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, stringType] as const);
  const params = recordOf(`the path ${operator.path}`, Object.fromEntries(names));
  return { ...env, variables: { ...env.variables, params } };
}

const fieldWords: Readonly<Record<string, string>> = {
  groupBy: 'group’s key',
  initial: 'initial value',
  subtract: 'subtraction',
  on: 'lookup key',
  itemId: 'item’s id',
  until: 'end condition',
  waitUntil: 'wait condition',
  idempotenceKey: 'idempotence key',
};

function slotInWords(field: string): string {
  const branch = /^branches\[(\d+)\]/.exec(field);
  return branch ? `condition ${Number(branch[1]) + 1}` : `the ${fieldWords[field] ?? field}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
