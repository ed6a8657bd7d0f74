import { z } from 'zod';
import { Expression } from '../types.ts';
import { defineOperator, operatorBase, streamIn, streamOut } from './operator-spec.ts';

/** Keeps the records for which the condition holds. Variables: `key`, `value`. */
export const filterOperator = defineOperator({
  kind: 'filter',
  family: 'stateless',
  title: 'Filter',
  summary: 'Keeps the records for which a condition holds.',
  schema: z.strictObject({ ...operatorBase, kind: z.literal('filter'), condition: Expression }),
  inputs: () => [streamIn],
  outputs: () => [streamOut],
  fresh: () => ({ kind: 'filter' as const, condition: '' }),
});
