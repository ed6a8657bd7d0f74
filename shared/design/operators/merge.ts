import { z } from 'zod';
import { defineOperator, operatorBase, streamOut } from './operator-spec.ts';

/** Makes one stream of several of the same type; order holds only within each input. */
export const mergeOperator = defineOperator({
  kind: 'merge',
  family: 'stateless',
  title: 'Merge',
  summary: 'Makes one stream of several streams of the same type.',
  schema: z.strictObject({ ...operatorBase, kind: z.literal('merge') }),
  inputs: () => [{ id: 'in', label: 'in', accepts: ['stream'], many: true }],
  outputs: () => [streamOut],
  fresh: () => ({ kind: 'merge' as const }),
});
