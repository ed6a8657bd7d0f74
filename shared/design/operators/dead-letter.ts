import { z } from 'zod';
import { Id } from '../types.ts';
import { defineOperator, operatorBase, streamIn } from './operator-spec.ts';

/**
 * Where records go that cannot be processed: the service's records that fail to deserialise or to process, and
 * whatever is wired to its input. Headers carry the cause.
 */
export const deadLetterOperator = defineOperator({
  kind: 'deadLetter',
  family: 'end',
  title: 'Dead letter',
  summary: 'Takes the records that the service could not process, with the cause in headers.',
  schema: z.strictObject({ ...operatorBase, kind: z.literal('deadLetter'), topic: Id.nullable() }),
  inputs: () => [{ ...streamIn, many: true }],
  outputs: () => [],
  fresh: () => ({ kind: 'deadLetter' as const, topic: null }),
});
