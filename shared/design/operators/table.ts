import { z } from 'zod';
import { Id } from '../types.ts';
import { defineOperator, operatorBase, tableOut } from './operator-spec.ts';

/** Reads a topic as a table: the latest value of each key, kept in a store. */
export const tableOperator = defineOperator({
  kind: 'table',
  family: 'source',
  title: 'Table',
  summary: 'Reads a topic as a table: the latest value of each key, kept in a state store.',
  schema: z.strictObject({ ...operatorBase, kind: z.literal('table'), topic: Id.nullable() }),
  inputs: () => [],
  outputs: () => [tableOut],
  fresh: () => ({ kind: 'table' as const, topic: null }),
});
