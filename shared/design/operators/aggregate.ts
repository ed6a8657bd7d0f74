import { z } from 'zod';
import { Expression, Identifier, TypeRef } from '../types.ts';
import { AggregationWindow, Suppress } from '../windows.ts';
import { defineOperator, operatorBase } from './operator-spec.ts';

/**
 * Groups records and keeps one result for each group in a store with a changelog. `groupBy` gives the group's
 * key (variables `key`, `value`) and repartitions; without it the record's own key is the group.
 * count needs nothing more; reduce has `value` over `aggregate` and `value` (same type); aggregate starts from
 * `initial` (no variables) and has `value` over `aggregate`, `key` and `value`. Over a table, `subtract` takes
 * the old value out. In session windows an aggregate also has `merge` over `key`, `left` and `right`: what two
 * sessions amount to when a record makes one of them. It starts from `initial` on the left, so that must add nothing.
 */
export const aggregateOperator = defineOperator({
  kind: 'aggregate',
  family: 'stateful',
  title: 'Aggregate',
  summary:
    'Groups records and keeps a count, a reduction or an aggregate of each group, in windows or for ever.',
  schema: z.strictObject({
    ...operatorBase,
    kind: z.literal('aggregate'),
    over: z.enum(['stream', 'table']),
    groupBy: Expression.optional(),
    groupKeyType: TypeRef.optional(),
    method: z.enum(['count', 'reduce', 'aggregate']),
    initial: Expression.optional(),
    value: Expression.optional(),
    subtract: Expression.optional(),
    merge: Expression.optional(),
    output: TypeRef,
    window: AggregationWindow.optional(),
    suppress: Suppress.optional(),
    store: Identifier,
  }),
  inputs: (operator) => [{ id: 'in', label: 'in', accepts: [operator.over] }],
  outputs: (operator) => [
    { id: 'out', label: 'out', accepts: [operator.window ? 'windowedTable' : 'table'] },
  ],
  fresh: () => ({
    kind: 'aggregate' as const,
    over: 'stream' as const,
    method: 'count' as const,
    output: 'int' as const,
    store: 'counts',
  }),
});
