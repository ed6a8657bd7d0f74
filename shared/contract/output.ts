import { z } from 'zod';
import { call } from '../rpc/define-contract.ts';

export const outputTargets = ['typescript', 'topics', 'java', 'asyncapi'] as const;
export const OutputTarget = z.enum(outputTargets);
export type OutputTarget = z.infer<typeof OutputTarget>;

/** `kept`: edited by hand since it was made, so the new text lies beside it as `path.new`. */
export const WrittenFile = z.object({
  path: z.string(),
  status: z.enum(['created', 'updated', 'unchanged', 'kept', 'removed', 'orphaned']),
});
export type WrittenFile = z.infer<typeof WrittenFile>;

export const outputArea = {
  generate: call(
    z.object({ text: z.string(), target: OutputTarget, folder: z.string().min(1), dryRun: z.boolean() }),
    z.object({ folder: z.string(), files: z.array(WrittenFile) }),
  ),
};
