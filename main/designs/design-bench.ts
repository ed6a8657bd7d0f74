import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDesignFiles, type DesignFiles } from './design-files.ts';

export interface DesignBench {
  readonly base: string;
  /** The host's folder. */
  readonly folder: string;
  /** Beside the host's folder. */
  readonly outside: string;
  readonly stateFolder: string;
  readonly errors: unknown[];
  /** A host that starts anew over the same folders. */
  start(named?: string): Promise<DesignFiles>;
  remove(): Promise<void>;
}

/** Folders of its own for one test. */
export async function createDesignBench(): Promise<DesignBench> {
  const base = await realpath(await mkdtemp(path.join(tmpdir(), 'millstream-designs-')));
  const folder = path.join(base, 'folder');
  const outside = path.join(base, 'outside');
  const stateFolder = path.join(base, 'state');
  await Promise.all([mkdir(folder), mkdir(outside)]);
  const errors: unknown[] = [];
  let clock = 1_000;
  return {
    base,
    folder,
    outside,
    stateFolder,
    errors,
    start: (named) =>
      createDesignFiles({
        folder,
        named: named ?? null,
        stateFolder,
        now: () => {
          clock += 1;
          return clock;
        },
        onError: (error) => errors.push(error),
      }),
    remove: () => rm(base, { recursive: true, force: true }),
  };
}
