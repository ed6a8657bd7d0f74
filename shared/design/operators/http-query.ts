import { z } from 'zod';
import { Expression } from '../types.ts';
import { HttpPath } from './http-write.ts';
import { defineOperator, operatorBase } from './operator-spec.ts';

/**
 * The query side of an HTTP gateway: answers from a table by key. `key` (variable `params`) gives the key;
 * with `waitUntil` (variables `key`, `value`) the answer waits for the value to satisfy it, at most
 * `waitAtMostMs`: a reader sees its own write. `fields` are the fields answered; absent, the whole value.
 */
export const httpQueryOperator = defineOperator({
  kind: 'httpQuery',
  family: 'edge',
  title: 'HTTP query',
  summary: 'Answers a request over HTTP from a table, if need be after waiting for it to catch up.',
  schema: z.strictObject({
    ...operatorBase,
    kind: z.literal('httpQuery'),
    path: HttpPath,
    key: Expression,
    waitUntil: Expression.optional(),
    waitAtMostMs: z.number().int().min(1).max(600_000).optional(),
    fields: z.array(z.string().min(1)).optional(),
  }),
  inputs: () => [{ id: 'in', label: 'table', accepts: ['table', 'globalTable'] }],
  outputs: () => [],
  fresh: () => ({ kind: 'httpQuery' as const, path: '/things/{id}', key: 'params.id' }),
});
