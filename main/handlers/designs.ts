import type { DesignFiles } from '#main/designs/design-files.ts';
import type { HostHandlers } from '#shared/contract/contract.ts';
import { RpcError } from '#shared/rpc/define-contract.ts';

/** The native dialogs of a host that has them. */
export interface PathDialogs {
  /** The path picked, or null when the dialog was dismissed. */
  pick(what: 'open' | 'save' | 'folder'): Promise<string | null>;
}

export function createDesignsHandlers(
  files: DesignFiles,
  dialogs: PathDialogs | null,
): HostHandlers['designs'] {
  return {
    list: async (_input, signal) => ({ files: [...(await files.list(signal))] }),
    open: ({ path }) => files.open(path),
    save: ({ path, text, revision }) => files.save(path, text, revision),
    async keepDraft({ path, text }) {
      await files.keepDraft(path, text);
      return {};
    },
    watch: ({ path }, emit, signal) => files.watch(path, (revision) => emit({ revision }), signal),
    async pick({ for: what }) {
      if (!dialogs) throw new RpcError('unsupported', 'This host has no dialogs; type a path instead.');
      const path = await dialogs.pick(what);
      if (path !== null && what !== 'folder') await files.allow(path);
      return { path };
    },
  };
}
