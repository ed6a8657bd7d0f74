import { z } from 'zod';
import { Expression, Id } from '../types.ts';
import { defineOperator, operatorBase, type PortSpec, streamIn } from './operator-spec.ts';

/** Sends each record to the first branch whose condition holds, else to the default output. */
export const branchOperator = defineOperator({
  kind: 'branch',
  family: 'stateless',
  title: 'Branch',
  summary: 'Sends each record to the first output whose condition holds, else to “otherwise”.',
  schema: z.strictObject({
    ...operatorBase,
    kind: z.literal('branch'),
    branches: z
      .array(z.strictObject({ id: Id, name: z.string().min(1).max(60), condition: Expression }))
      .min(1)
      .max(20),
  }),
  inputs: () => [streamIn],
  outputs: (operator) => [
    ...operator.branches.map(
      (branch): PortSpec => ({ id: branch.id, label: branch.name, accepts: ['stream'] }),
    ),
    { id: 'otherwise', label: 'otherwise', accepts: ['stream'] },
  ],
  fresh: () => ({ kind: 'branch' as const, branches: [{ id: 'first', name: 'first', condition: '' }] }),
});
