import { z } from 'zod';
import { Expression, TypeRef } from '../types.ts';
import { defineOperator, operatorBase, streamIn, streamOut } from './operator-spec.ts';

/**
 * Makes one record of one record. Without `key` it is Kafka Streams' mapValues and the key stays; with `key`
 * (and `keyType`) it is map, and a later join or aggregation repartitions. Variables: `key`, `value`.
 */
export const mapOperator = defineOperator({
  kind: 'map',
  family: 'stateless',
  title: 'Map',
  summary: 'Makes a new value (and, when asked, a new key) of each record.',
  schema: z.strictObject({
    ...operatorBase,
    kind: z.literal('map'),
    value: Expression,
    output: TypeRef,
    key: Expression.optional(),
    keyType: TypeRef.optional(),
  }),
  inputs: () => [streamIn],
  outputs: () => [streamOut],
  fresh: () => ({ kind: 'map' as const, value: '', output: 'string' as const }),
});
