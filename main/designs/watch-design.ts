import { type FSWatcher, watch } from 'node:fs';
import path from 'node:path';
import { RpcError } from '#shared/rpc/define-contract.ts';
import { systemCode, toFileProblem } from './file-problems.ts';

const quietMs = 60;

export interface WatchOptions {
  readonly real: string;
  readonly shown: string;
  /** The revision from which changes are told; undefined: the one at the start. */
  readonly since: string | undefined;
  /** The revision now; null when the file is gone. */
  readonly readRevision: () => Promise<string | null>;
  readonly changed: (revision: string | null) => void;
  readonly signal: AbortSignal;
}

/**
 * Tells of changes until the signal is aborted. The folder is watched, not the file: a save by replacement gives the
 * name to another file, and a watch on the old one would go on with it in silence.
 */
export async function watchDesign(options: WatchOptions): Promise<void> {
  const { real, readRevision, changed, signal } = options;
  const name = path.basename(real);
  const watcher = startWatcher(options);
  let known = options.since ?? (await readRevision());
  let timer: NodeJS.Timeout | null = null;
  let checking = false;
  let again = false;
  await new Promise<void>((resolve, reject) => {
    const check = async () => {
      if (checking) {
        again = true;
        return;
      }
      checking = true;
      do {
        again = false;
        const revision = await readRevision();
        if (revision === known || signal.aborted) continue;
        known = revision;
        changed(revision);
      } while (again);
      checking = false;
    };
    const soon = () => {
      if (timer) clearTimeout(timer);
      timer = setTimeout(() => void check().catch(reject), quietMs);
    };
    watcher.on('change', (_kind, file) => {
      if (file === null || file === name) soon();
    });
    watcher.on('error', reject);
    const stop = () => resolve();
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    soon();
  }).finally(() => {
    if (timer) clearTimeout(timer);
    watcher.close();
  });
}

function startWatcher({ real, shown }: WatchOptions): FSWatcher {
  try {
    return watch(path.dirname(real), { persistent: false });
  } catch (error) {
    const code = systemCode(error);
    if (code !== 'ENOSPC' && code !== 'EMFILE') throw toFileProblem(error, 'watched', shown);
    throw new RpcError(
      'unsupported',
      `${shown} cannot be watched for changes by other programs: the system watches too many files already.`,
      { path: shown },
    );
  }
}
