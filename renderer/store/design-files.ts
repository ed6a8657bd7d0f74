import type { StoreApi } from 'zustand/vanilla';
import type { HostClient } from '#shared/contract/contract.ts';
import { emptyDesign } from '#shared/design/create.ts';
import type { Design } from '#shared/design/design.ts';
import { parseDesign } from '#shared/design/parse-design.ts';
import { writeDesign } from '#shared/design/write-design.ts';
import { RpcError, type Stop } from '#shared/rpc/define-contract.ts';
import type { DesignEdits } from './design-edits.ts';
import { type DocumentState, noDocument } from './document-state.ts';
import type { WindowState } from './window-state.ts';

/** Tells a person of something that went wrong or was done; the words come from the caller's area. */
export interface Notices {
  readonly failed: (doing: string, error: unknown) => void;
  readonly done: (what: string) => void;
}

/** What one does with the file of a design. Failures are told to the person, never thrown. */
export interface DesignFiles {
  readonly open: (path: string) => Promise<void>;
  /** Starts a design that is on disk only once it is saved. */
  readonly create: (path: string, design: Design) => void;
  /** Tells whether the design is now on disk. */
  readonly save: () => Promise<boolean>;
  /** Saves over what another program wrote. */
  readonly overwrite: () => Promise<void>;
  /** Gives up what was changed here for what is on disk. */
  readonly reload: () => Promise<void>;
  readonly close: () => void;
  readonly takeRecovered: () => void;
  readonly dropRecovered: () => void;
  /** Reads a broken file's mended text as a design; the file is written by the next save. */
  readonly readMended: (text: string) => void;
}

interface Parts {
  readonly store: StoreApi<WindowState>;
  readonly client: HostClient;
  readonly edits: DesignEdits;
  readonly notices: Notices;
  readonly draftPauseMs?: number;
}

/** What the host says of a design that was drawn, kept against a crash, and never saved as a file. */
const neverSaved = 'none';

/** `shop/orders.millstream.json` → `orders`. */
function nameOf(path: string): string {
  const file = path.split(/[\\/]/).at(-1) ?? path;
  return file.replace(/\.millstream\.json$/, '') || 'Untitled';
}

export function createDesignFiles({ store, client, edits, notices, draftPauseMs = 900 }: Parts): DesignFiles {
  let stopWatching: Stop | null = null;
  const set = (document: Partial<DocumentState>) =>
    store.setState((state) => ({ document: { ...state.document, ...document } }));
  const document = () => store.getState().document;

  const keepDraft = createDraftKeeper(store, client, draftPauseMs);

  const watch = (path: string) => {
    stopWatching?.();
    stopWatching = client.designs.watch(
      { path },
      {
        event: ({ revision }) => {
          const { file, saving, dirty } = document();
          if (saving || file === null || revision === null || revision === file.revision) {
            return;
          }
          if (dirty) {
            set({ conflict: true });
          } else {
            void files.reload();
          }
        },
      },
    );
  };

  const show = (path: string, revision: string | null, text: string, mended?: boolean) => {
    const parsed = parseDesign(text);
    if (parsed.ok) {
      set({ ...noDocument, file: { path, revision } });
      edits.load(parsed.value, revision !== null && mended !== true);
    } else {
      edits.unload();
      set({ ...noDocument, broken: { path, revision: revision ?? '', text, problems: parsed.error } });
    }
    watch(path);
  };

  const write = async (revision: string | null) => {
    const { design, file } = document();
    if (design === null || file === null) {
      return false;
    }
    const text = writeDesign(design);
    set({ saving: true });
    try {
      const saved = await client.designs.save({ path: file.path, text, revision });
      set({ saving: false, conflict: false, file: { path: saved.path, revision: saved.revision } });
      if (document().design === design) {
        edits.noteSaved();
      }
      await client.designs.keepDraft({ path: saved.path, text: null });
      if (saved.path !== file.path || file.revision === null) {
        watch(saved.path);
      }
      return true;
    } catch (error) {
      const conflict = error instanceof RpcError && error.code === 'conflict';
      set({ saving: false, conflict });
      if (!conflict) {
        notices.failed('Saving', error);
      }
      return false;
    }
  };

  const files: DesignFiles = {
    open: async (path) => {
      set({ opening: path });
      try {
        const file = await client.designs.open({ path });
        if (file.revision === neverSaved) {
          show(file.path, null, writeDesign(emptyDesign(nameOf(file.path))));
        } else {
          show(file.path, file.revision, file.text);
        }
        if (file.recovered !== null && file.recovered !== file.text) {
          set({ recovered: file.recovered });
        }
      } catch (error) {
        set({ opening: null });
        notices.failed('Opening', error);
      }
    },
    create: (path, design) => show(path, null, writeDesign(design)),
    save: () => write(document().file?.revision ?? null),
    overwrite: async () => {
      const path = document().file?.path;
      if (path === undefined) {
        return;
      }
      try {
        await write((await client.designs.open({ path })).revision);
      } catch (error) {
        notices.failed('Saving', error);
      }
    },
    reload: async () => {
      const path = document().file?.path;
      if (path !== undefined) {
        // Before the file is read, so that what was just given up is not offered again.
        await keepDraft.forget(path);
        await files.open(path);
        notices.done('The design was read again from its file.');
      }
    },
    close: () => {
      stopWatching?.();
      stopWatching = null;
      edits.unload();
      set(noDocument);
    },
    takeRecovered: () => {
      const { recovered, file } = document();
      set({ recovered: null });
      const parsed = recovered === null ? null : parseDesign(recovered);
      if (parsed?.ok === true) {
        edits.load(parsed.value, false);
      } else if (parsed !== null && recovered !== null && file !== null) {
        set({
          broken: { path: file.path, revision: file.revision ?? '', text: recovered, problems: parsed.error },
        });
      }
    },
    dropRecovered: () => {
      const { file } = document();
      set({ recovered: null });
      if (file !== null) {
        void keepDraft.forget(file.path);
      }
      if (file?.revision === null) {
        files.close();
      }
    },
    readMended: (text) => {
      const { broken } = document();
      if (broken === null) {
        return;
      }
      show(broken.path, broken.revision, text, true);
    },
  };
  return files;
}

/** Keeps unsaved text against a crash, after a pause in the drawing. */
function createDraftKeeper(
  store: StoreApi<WindowState>,
  client: HostClient,
  pauseMs: number,
): { readonly forget: (path: string) => Promise<void> } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = async (path: string, text: string | null): Promise<void> => {
    await client.designs.keepDraft({ path, text }).catch((error: unknown) => {
      // A lost connection is told by the window itself; the design is still here.
      if (!(error instanceof RpcError)) {
        throw error;
      }
    });
  };
  store.subscribe(({ document }, before) => {
    if (document.design === before.document.design || document.design === null) {
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(() => {
      const { design, file, dirty } = store.getState().document;
      if (design !== null && file !== null && before.document.design !== null) {
        void keep(file.path, dirty ? writeDesign(design) : null);
      }
    }, pauseMs);
  });
  return {
    forget: (path) => {
      clearTimeout(timer);
      return keep(path, null);
    },
  };
}
