import { z } from 'zod';
import { call, listen, newest } from '../rpc/define-contract.ts';

/** A design as a file: its text is parsed by the user interface, so that nothing is lost when it is broken. */
export const DesignFile = z.object({
  path: z.string(),
  text: z.string(),
  /** Of the file; `none` for a file that is not there yet. Sent back with a save, so that a change made by somebody else is not overwritten. */
  revision: z.string(),
  /** A newer text that was never saved, kept from before a crash; null when there is none. */
  recovered: z.string().nullable(),
});
export type DesignFile = z.infer<typeof DesignFile>;

export const designsArea = {
  /** `*.millstream.json` files under the host's folder, and recent ones; newest first. */
  list: call(
    z.object({}),
    z.object({
      files: z.array(
        z.object({ path: z.string(), name: z.string(), modified: z.number(), recent: z.boolean() }),
      ),
    }),
  ),
  open: call(z.object({ path: z.string().min(1) }), DesignFile),
  /** `revision: null` makes a new file and refuses (`conflict`) to replace one. */
  save: call(
    z.object({ path: z.string().min(1), text: z.string(), revision: z.string().nullable() }),
    z.object({ path: z.string(), revision: z.string() }),
  ),
  /** Keeps unsaved text against a crash; `text: null` forgets it. */
  keepDraft: call(z.object({ path: z.string().min(1), text: z.string().nullable() }), z.object({})),
  /** Tells when the file is changed by another program: its new revision, or null when it is gone. */
  watch: listen(z.object({ path: z.string().min(1) }), z.object({ revision: z.string().nullable() }), newest),
  /** A native dialog; null when dismissed. `unsupported` where `host.dialogs` is false. */
  pick: call(
    z.object({ for: z.enum(['open', 'save', 'folder']) }),
    z.object({ path: z.string().nullable() }),
  ),
};
