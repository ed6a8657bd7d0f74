import { z } from 'zod';
import { Expression, TypeRef } from '../types.ts';
import { defineOperator, operatorBase, streamIn, streamOut } from './operator-spec.ts';

/** Makes none, one or many records of one: the expression gives a list of values; the key stays. */
export const flatMapOperator = defineOperator({
  kind: 'flatMap',
  family: 'stateless',
  title: 'Flat map',
  summary: 'Makes none, one or many records of each record.',
  schema: z.strictObject({
    ...operatorBase,
    kind: z.literal('flatMap'),
    values: Expression,
    output: TypeRef,
  }),
  inputs: () => [streamIn],
  outputs: () => [streamOut],
  fresh: () => ({ kind: 'flatMap' as const, values: '', output: 'string' as const }),
});
