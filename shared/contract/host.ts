import { z } from 'zod';
import { call } from '../rpc/define-contract.ts';

/** What differs between hosts, as data: the user interface shows what this says, and never guesses. */
export const HostDescription = z.object({
  kind: z.enum(['electron', 'web']),
  version: z.string(),
  /** Native open and save dialogs. */
  dialogs: z.boolean(),
  /** Where a relative path starts; shown to the user, who may type paths under it. */
  folder: z.string(),
  /** The design named when the host was started. */
  openAtStart: z.string().nullable(),
  /** Start the sandbox, or connect to this bootstrap address, as soon as the design is open. */
  runAtStart: z.union([z.literal('sandbox'), z.object({ bootstrap: z.string() })]).nullable(),
});
export type HostDescription = z.infer<typeof HostDescription>;

export const hostArea = {
  describe: call(z.object({}), HostDescription),
};
