import { z } from 'zod';
import { Expression, Id } from '../types.ts';
import { defineOperator, operatorBase, streamIn } from './operator-spec.ts';

/**
 * Writes the stream to a topic. With `route`, the expression gives the topic's name for each record and
 * `routes` lists every topic it may name, so that the drawing shows them and they exist.
 */
export const sinkOperator = defineOperator({
  kind: 'sink',
  family: 'end',
  title: 'Sink',
  summary: 'Writes the stream to a topic.',
  schema: z.strictObject({
    ...operatorBase,
    kind: z.literal('sink'),
    topic: Id.nullable(),
    route: Expression.optional(),
    routes: z.array(Id).optional(),
  }),
  inputs: () => [streamIn],
  outputs: () => [],
  fresh: () => ({ kind: 'sink' as const, topic: null }),
});
