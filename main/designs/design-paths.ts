import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { RpcError } from '#shared/rpc/define-contract.ts';
import { isMissing, toFileProblem } from './file-problems.ts';

export const designExtension = '.millstream.json';

/** A design file that the host may touch. */
export interface DesignPath {
  /** With every link followed: what is read and written. */
  readonly real: string;
  /** As the user sees it: relative to the host's folder where it lies under it. */
  readonly shown: string;
}

export interface DesignPaths {
  readonly folder: string;
  /** Refuses what is not a design, or lies outside the folder without having been allowed. */
  resolve(asked: string): Promise<DesignPath>;
  /** Lets a path outside the folder be used: it was named at the start, picked in a dialog, or is a recent one. */
  allow(asked: string): Promise<void>;
  show(real: string): string;
}

/** Which files a host opens and saves: its folder, with links followed, and what the user named outside of it. */
export async function createDesignPaths(folder: string): Promise<DesignPaths> {
  const root = await realpath(folder);
  const allowed = new Set<string>();
  const show = (real: string) => {
    const relative = path.relative(root, real);
    return isUnder(root, real) ? relative.split(path.sep).join('/') : real;
  };
  const follow = async (asked: string) => {
    assertDesignName(asked);
    return followLinks(path.resolve(root, asked), asked);
  };
  return {
    folder: root,
    show,
    async resolve(asked) {
      const real = await follow(asked);
      if (!isUnder(root, real) && !allowed.has(real)) {
        throw new RpcError(
          'refused',
          `${asked} lies outside ${root}; start Millstream in its folder, or name the design when you start it.`,
          { path: asked, folder: root },
        );
      }
      assertDesignName(real);
      return { real, shown: show(real) };
    },
    async allow(asked) {
      allowed.add(await follow(asked));
    },
  };
}

function assertDesignName(asked: string): void {
  if (asked.includes('\0')) throw new RpcError('bad-input', 'A path cannot hold a zero character.');
  const name = path.basename(asked);
  if (name.endsWith(designExtension) && name.length > designExtension.length) return;
  throw new RpcError('bad-input', `${asked} is not a design: its name must end in ${designExtension}.`, {
    path: asked,
  });
}

/** The real path of a file, or for one that is not there yet, that of the nearest folder above it. */
async function followLinks(absolute: string, asked: string): Promise<string> {
  try {
    return await realpath(absolute);
  } catch (error) {
    if (!isMissing(error)) throw toFileProblem(error, 'opened', asked);
  }
  const parent = path.dirname(absolute);
  if (parent === absolute) return absolute;
  return path.join(await followLinks(parent, asked), path.basename(absolute));
}

function isUnder(root: string, real: string): boolean {
  const relative = path.relative(root, real);
  return relative !== '' && relative.split(path.sep)[0] !== '..' && !path.isAbsolute(relative);
}
