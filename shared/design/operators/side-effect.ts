import { z } from 'zod';
import { Expression, Id, Identifier } from '../types.ts';
import { defineOperator, operatorBase, streamIn, streamOut } from './operator-spec.ts';

/**
 * Does something outside Kafka for each record: a mail, a call, a row. A transaction does not cover it, so
 * `idempotenceKey` (variables `key`, `value`) says what makes two attempts the same one.
 */
export const sideEffectOperator = defineOperator({
  kind: 'sideEffect',
  family: 'edge',
  title: 'Side effect',
  summary: 'Does something outside Kafka for each record: a mail, a call, a row.',
  schema: z.strictObject({
    ...operatorBase,
    kind: z.literal('sideEffect'),
    handler: Identifier,
    external: Id.nullable(),
    idempotenceKey: Expression.optional(),
  }),
  inputs: () => [streamIn],
  outputs: () => [streamOut],
  fresh: () => ({ kind: 'sideEffect' as const, handler: 'perform', external: null }),
});
