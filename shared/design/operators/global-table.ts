import { z } from 'zod';
import { Id } from '../types.ts';
import { defineOperator, operatorBase } from './operator-spec.ts';

/** Reads a whole topic as a table into every instance; joins with it need no co-partitioning. */
export const globalTableOperator = defineOperator({
  kind: 'globalTable',
  family: 'source',
  title: 'Global table',
  summary: 'Reads every partition of a topic into every instance; a join with it needs no co-partitioning.',
  schema: z.strictObject({ ...operatorBase, kind: z.literal('globalTable'), topic: Id.nullable() }),
  inputs: () => [],
  outputs: () => [{ id: 'out', label: 'out', accepts: ['globalTable'] }],
  fresh: () => ({ kind: 'globalTable' as const, topic: null }),
});
