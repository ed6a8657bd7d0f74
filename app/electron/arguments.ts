import { stat } from 'node:fs/promises';
import path from 'node:path';

/** A desktop app that is started from a menu stands at the root of the disk, where nobody keeps designs. */
export function findStartFolder(currentFolder: string, documents: string): string {
  return path.parse(currentFolder).root === currentFolder ? documents : currentFolder;
}

/** The design among the program's arguments, absolute; Chromium's own switches are passed over. */
export async function findStartDesign(
  args: readonly string[],
  currentFolder: string,
): Promise<string | null> {
  const named = args.find((arg) => !arg.startsWith('-') && arg.endsWith('.millstream.json'));
  if (named === undefined) return null;
  const absolute = path.resolve(currentFolder, named);
  const found = await stat(absolute).catch(() => null);
  return found?.isFile() ? absolute : null;
}
