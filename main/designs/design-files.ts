import { stat } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { DesignFile } from '#shared/contract/designs.ts';
import { RpcError } from '#shared/rpc/define-contract.ts';
import { createDesignPaths, type DesignPath, type DesignPaths, designExtension } from './design-paths.ts';
import { createDrafts, type Drafts } from './drafts.ts';
import { isMissing, toFileProblem } from './file-problems.ts';
import { listDesigns, readModified } from './list-designs.ts';
import { designLimit, noRevision, readDesign, tooLarge, toRevision } from './read-design.ts';
import { createRecentDesigns, type RecentDesigns } from './recent-designs.ts';
import { watchDesign } from './watch-design.ts';

export interface DesignFilesOptions {
  /** Where a relative path starts, and outside of which nothing is opened that the user did not name. */
  readonly folder: string;
  /** The design named at the start; it may lie anywhere. */
  readonly named: string | null;
  readonly stateFolder: string;
  readonly now: () => number;
  /** Takes what goes wrong beside the user's own work: the list of recent designs cannot be written, say. */
  readonly onError: (error: unknown) => void;
}

export interface ListedDesign {
  readonly path: string;
  readonly name: string;
  readonly modified: number;
  readonly recent: boolean;
}

export interface DesignFiles {
  readonly folder: string;
  list(signal?: AbortSignal): Promise<readonly ListedDesign[]>;
  open(asked: string): Promise<DesignFile>;
  save(asked: string, text: string, revision: string | null): Promise<{ path: string; revision: string }>;
  keepDraft(asked: string, text: string | null): Promise<void>;
  watch(asked: string, changed: (revision: string | null) => void, signal: AbortSignal): Promise<void>;
  /** Lets the user work on a file outside the folder that he picked himself. */
  allow(asked: string): Promise<void>;
}

interface Parts {
  readonly paths: DesignPaths;
  readonly drafts: Drafts;
  readonly recents: RecentDesigns;
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
  /** What this host wrote last, by real path: not a change by another program. */
  readonly written: Map<string, string>;
  /** What was opened or saved last, by real path: a watch tells of every change since. */
  readonly seen: Map<string, string>;
}

/** The designs that a host lists, opens, saves and watches. Nothing is overwritten that somebody else changed. */
export async function createDesignFiles(options: DesignFilesOptions): Promise<DesignFiles> {
  const parts: Parts = {
    paths: await createDesignPaths(options.folder),
    drafts: createDrafts(options.stateFolder),
    recents: createRecentDesigns(options.stateFolder),
    now: options.now,
    onError: options.onError,
    written: new Map(),
    seen: new Map(),
  };
  const { paths } = parts;
  if (options.named !== null) await paths.allow(options.named);
  for (const recent of await parts.recents.read()) {
    await attempt(parts, () => paths.allow(recent.path));
  }
  const inTurn = createTurns();
  return {
    folder: paths.folder,
    list: (signal) => list(parts, signal),
    open: async (asked) => open(parts, await paths.resolve(asked)),
    async save(asked, text, revision) {
      const target = await paths.resolve(asked);
      return inTurn(target.real, () => save(parts, target, text, revision));
    },
    async keepDraft(asked, text) {
      const { real, shown } = await paths.resolve(asked);
      if (Buffer.byteLength(text ?? '') > designLimit) throw tooLarge(shown);
      await inTurn(real, () =>
        text === null ? parts.drafts.forget(real) : parts.drafts.keep(real, text, parts.now()),
      );
    },
    async watch(asked, changed, signal) {
      const { real, shown } = await paths.resolve(asked);
      const readRevision = async () => (await readDesign(real, shown))?.revision ?? null;
      const report = (revision: string | null) => {
        if (revision !== null && parts.written.get(real) === revision) return;
        parts.written.delete(real);
        changed(revision);
      };
      await watchDesign({ real, shown, since: parts.seen.get(real), readRevision, changed: report, signal });
    },
    allow: (asked) => paths.allow(asked),
  };
}

async function list({ paths, drafts, recents }: Parts, signal?: AbortSignal): Promise<ListedDesign[]> {
  const modifiedAt = new Map<string, number>();
  for (const found of await listDesigns(paths.folder, signal)) modifiedAt.set(found.real, found.modified);
  const recent = new Set((await recents.read()).map((one) => one.path));
  for (const real of recent) {
    const modified = modifiedAt.get(real) ?? (await readModified(real));
    if (modified !== null) modifiedAt.set(real, modified);
  }
  // A draft whose file was never saved is all there is of that design.
  for (const draft of await drafts.list()) {
    if (!(await isUsable(paths, draft.path))) continue;
    recent.add(draft.path);
    modifiedAt.set(draft.path, Math.max(draft.at, modifiedAt.get(draft.path) ?? 0));
  }
  return [...modifiedAt]
    .map(([real, modified]) => ({
      path: paths.show(real),
      name: path.basename(real).slice(0, -designExtension.length),
      modified,
      recent: recent.has(real),
    }))
    .sort((left, right) => right.modified - left.modified || (left.path < right.path ? -1 : 1));
}

async function isUsable(paths: DesignPaths, real: string): Promise<boolean> {
  try {
    await paths.resolve(real);
    return true;
  } catch (error) {
    if (error instanceof RpcError) return false;
    throw error;
  }
}

async function open(parts: Parts, { real, shown }: DesignPath): Promise<DesignFile> {
  const { drafts, recents, now } = parts;
  const [file, draft] = await Promise.all([readDesign(real, shown), drafts.read(real)]);
  if (!file) {
    if (draft) return { path: shown, text: '', revision: noRevision, recovered: draft.text };
    throw new RpcError('not-found', `There is no design ${shown}.`, { path: shown });
  }
  parts.seen.set(real, file.revision);
  await attempt(parts, () => recents.add(real, now()));
  const recovered = draft && draft.text !== file.text ? draft.text : null;
  if (draft && recovered === null) await attempt(parts, () => drafts.forget(real));
  return { path: shown, text: file.text, revision: file.revision, recovered };
}

async function save(
  parts: Parts,
  { real, shown }: DesignPath,
  text: string,
  revision: string | null,
): Promise<{ path: string; revision: string }> {
  if (Buffer.byteLength(text) > designLimit) throw tooLarge(shown);
  const mine = toRevision(text);
  const theirs = (await readDesign(real, shown))?.revision ?? noRevision;
  if (theirs !== mine || revision === null) {
    assertNobodyElse(shown, revision ?? noRevision, theirs);
    await write(real, shown, text, parts.written, mine);
  }
  parts.seen.set(real, mine);
  await attempt(parts, () => parts.drafts.forget(real));
  await attempt(parts, () => parts.recents.add(real, parts.now()));
  return { path: shown, revision: mine };
}

/** What the user's work does not depend on may fail, and is then told to the host. */
async function attempt({ onError }: Parts, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    onError(error);
  }
}

function assertNobodyElse(shown: string, known: string, theirs: string): void {
  if (known === theirs) return;
  const data = { path: shown, revision: theirs };
  if (known === noRevision) {
    throw new RpcError('conflict', `${shown} exists already; choose another name, or open it first.`, data);
  }
  const happened = theirs === noRevision ? 'was removed' : 'was changed by another program';
  throw new RpcError(
    'conflict',
    `${shown} ${happened} since it was opened, so it was not overwritten.`,
    data,
  );
}

async function write(
  real: string,
  shown: string,
  text: string,
  written: Map<string, string>,
  revision: string,
): Promise<void> {
  const before = written.get(real);
  try {
    const folder = path.dirname(real);
    if (!(await isFolder(folder))) {
      throw new RpcError('not-found', `There is no folder for ${shown}; make it first.`, { path: shown });
    }
    // Said before it is done: a watch may see the new file before this goes on.
    written.set(real, revision);
    await writeFileAtomic(real, text);
  } catch (error) {
    if (before === undefined) written.delete(real);
    else written.set(real, before);
    throw toFileProblem(error, 'saved', shown);
  }
}

async function isFolder(folder: string): Promise<boolean> {
  try {
    return (await stat(folder)).isDirectory();
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** One after the other for each file, so that two saves at once cannot both find it unchanged. */
function createTurns(): <T>(real: string, act: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (real, act) => {
    const mine = (last.get(real) ?? Promise.resolve()).then(act, act);
    const settled = mine.catch(() => undefined);
    last.set(real, settled);
    void settled.then(() => {
      if (last.get(real) === settled) last.delete(real);
    });
    return mine;
  };
}
