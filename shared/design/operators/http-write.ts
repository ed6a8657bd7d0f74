import { z } from 'zod';
import { Expression, Id } from '../types.ts';
import { defineOperator, operatorBase } from './operator-spec.ts';

/** A path of an HTTP gateway: starts with a slash; a part in braces is a parameter. */
export const HttpPath = z
  .string()
  .regex(/^(\/([A-Za-z0-9._~-]+|\{[A-Za-z_][A-Za-z0-9_]*\}))+$/, 'a path like /orders or /orders/{id}');

/**
 * The write side of an HTTP gateway: a request's body, checked against the schema, becomes a record of the topic.
 * Variables of `key` and `value`: `body` (of type `accepts`), `params` (map of strings), `now` (timestamp).
 */
export const httpWriteOperator = defineOperator({
  kind: 'httpWrite',
  family: 'edge',
  title: 'HTTP write',
  summary: 'Takes a request over HTTP, checks its body, and writes it to a topic.',
  schema: z.strictObject({
    ...operatorBase,
    kind: z.literal('httpWrite'),
    method: z.enum(['POST', 'PUT']),
    path: HttpPath,
    accepts: Id.nullable(),
    topic: Id.nullable(),
    key: Expression,
    value: Expression,
  }),
  inputs: () => [],
  outputs: () => [],
  fresh: () => ({
    kind: 'httpWrite' as const,
    method: 'POST' as const,
    path: '/things',
    accepts: null,
    topic: null,
    key: '',
    value: 'body',
  }),
});
