import { copyFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** A folder of the demo's own with a design in it, relative to the folder. */
export interface ExampleCopy {
  readonly folder: string;
  readonly file: string;
}

/**
 * Copies the Orders design to where it may be changed and saved without touching the project. A copy that is there
 * is kept, since it may hold somebody's changes.
 */
export async function copyExample(root: string, say: (line: string) => void): Promise<ExampleCopy> {
  const file = 'orders.millstream.json';
  const folder = path.join(root, '.local/demo');
  const [from, to] = [path.join(root, 'examples', file), path.join(folder, file)];
  await mkdir(folder, { recursive: true });
  const [shipped, copy] = await Promise.all([readFile(from, 'utf8'), readText(to)]);
  if (copy === null) await copyFile(from, to);
  else if (copy !== shipped) {
    say(`The demo opens your changed copy of the design; delete ${path.relative('', to)} to begin anew.`);
  }
  return { folder, file };
}

async function readText(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
