import { z } from 'zod';
import { defineOperator, operatorBase, streamIn, streamOut } from './operator-spec.ts';

/** Writes the stream through an internal topic so that equal keys meet in one partition. */
export const repartitionOperator = defineOperator({
  kind: 'repartition',
  family: 'stateful',
  title: 'Repartition',
  summary: 'Sends the stream through an internal topic, with as many partitions as you say.',
  schema: z.strictObject({
    ...operatorBase,
    kind: z.literal('repartition'),
    partitions: z.number().int().min(1).max(10_000).optional(),
  }),
  inputs: () => [streamIn],
  outputs: () => [streamOut],
  fresh: () => ({ kind: 'repartition' as const }),
});
