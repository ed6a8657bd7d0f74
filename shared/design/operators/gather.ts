import { z } from 'zod';
import { Expression, Identifier, Millis, TypeRef } from '../types.ts';
import { defineOperator, operatorBase, streamOut } from './operator-spec.ts';

/**
 * Waits for N answers about one thing: each record of `start` opens a wait under its key, records of `items`
 * with the same key are answers. The wait ends once, with one result: when the count is reached, when `until`
 * holds, or when the time is out. `count: 'emitters'` is the number of services that the drawing shows writing
 * the items' topic, so that a new validator is counted by drawing it. `until` sees `items`; `value` sees `key`,
 * `start`, `items`, `complete`, `timedOut`; `itemId` sees `item` and makes answers distinct.
 */
export const gatherOperator = defineOperator({
  kind: 'gather',
  family: 'stateful',
  title: 'Gather',
  summary: 'Waits for N answers about one thing, or for the time to be out, and gives one result.',
  schema: z.strictObject({
    ...operatorBase,
    kind: z.literal('gather'),
    count: z.union(
      [z.literal('emitters'), z.number().int().min(1).max(1_000)],
      'must be "emitters" or a whole number from 1 to 1000',
    ),
    itemId: Expression,
    until: Expression.optional(),
    timeoutMs: Millis.min(1).optional(),
    value: Expression,
    output: TypeRef,
    store: Identifier,
  }),
  inputs: () => [
    { id: 'start', label: 'start', accepts: ['stream'] },
    { id: 'items', label: 'items', accepts: ['stream'] },
  ],
  outputs: () => [streamOut],
  fresh: () => ({
    kind: 'gather' as const,
    count: 'emitters' as const,
    itemId: '',
    timeoutMs: 300_000,
    value: '',
    output: 'string' as const,
    store: 'waiting',
  }),
});
