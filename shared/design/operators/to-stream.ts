import { z } from 'zod';
import { Expression, TypeRef } from '../types.ts';
import { defineOperator, operatorBase, streamOut } from './operator-spec.ts';

/**
 * The changes of a table as a stream. For a windowed table the key of the stream is the base key unless `key`
 * says otherwise. Variables: `key`, `value`, and for a windowed table `window.start`, `window.end`.
 */
export const toStreamOperator = defineOperator({
  kind: 'toStream',
  family: 'stateless',
  title: 'To stream',
  summary: 'Gives every change of a table as a record.',
  schema: z.strictObject({
    ...operatorBase,
    kind: z.literal('toStream'),
    key: Expression.optional(),
    keyType: TypeRef.optional(),
  }),
  inputs: () => [{ id: 'in', label: 'in', accepts: ['table', 'windowedTable'] }],
  outputs: () => [streamOut],
  fresh: () => ({ kind: 'toStream' as const }),
});
