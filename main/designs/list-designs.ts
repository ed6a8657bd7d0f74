import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { designExtension } from './design-paths.ts';
import { systemCode } from './file-problems.ts';

const deepest = 5;
const mostFolders = 2_000;
const passedOver = new Set(['node_modules', 'dist', 'build', 'target']);

export interface FoundDesign {
  readonly real: string;
  readonly modified: number;
}

/**
 * The designs under a folder, a few levels deep. Links are not followed, and folders that hold no sources (hidden
 * ones, `node_modules`, build output) are passed over, so that a large home folder stays quick.
 */
export async function listDesigns(folder: string, signal?: AbortSignal): Promise<readonly FoundDesign[]> {
  const found: FoundDesign[] = [];
  let level = [folder];
  let visited = 0;
  for (let depth = 0; depth <= deepest && level.length > 0; depth += 1) {
    const next: string[] = [];
    for (const one of level) {
      if (visited >= mostFolders || signal?.aborted) return found;
      visited += 1;
      for (const entry of await readEntries(one)) {
        const real = path.join(one, entry.name);
        if (entry.isDirectory() && !entry.name.startsWith('.') && !passedOver.has(entry.name))
          next.push(real);
        else if (entry.isFile() && entry.name.endsWith(designExtension)) {
          const modified = await readModified(real);
          if (modified !== null) found.push({ real, modified });
        }
      }
    }
    level = next;
  }
  return found;
}

/** When a file was changed last; null when it is not there or cannot be looked at. */
export async function readModified(real: string): Promise<number | null> {
  try {
    return (await stat(real)).mtimeMs;
  } catch (error) {
    if (systemCode(error) !== null) return null;
    throw error;
  }
}

/** A folder that may not be read hides its designs, but not those beside it. */
async function readEntries(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (systemCode(error) !== null) return [];
    throw error;
  }
}
