import { z } from 'zod';
import { Expression, TypeRef } from '../types.ts';
import { defineOperator, operatorBase, streamIn, streamOut } from './operator-spec.ts';

/** Gives each record a new key; a later join or aggregation goes through a repartition topic. */
export const selectKeyOperator = defineOperator({
  kind: 'selectKey',
  family: 'stateless',
  title: 'Select key',
  summary: 'Gives each record a new key; a later join or aggregation repartitions.',
  schema: z.strictObject({
    ...operatorBase,
    kind: z.literal('selectKey'),
    key: Expression,
    keyType: TypeRef,
  }),
  inputs: () => [streamIn],
  outputs: () => [streamOut],
  fresh: () => ({ kind: 'selectKey' as const, key: '', keyType: 'string' as const }),
});
