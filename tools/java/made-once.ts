import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';

/**
 * Makes a folder where there is none. It is made beside and then renamed: it exists only whole, also when two
 * processes make it at once.
 */
export async function madeOnce(folder: string, make: (incoming: string) => Promise<void>): Promise<string> {
  if (existsSync(folder)) return folder;
  const incoming = `${folder}.${randomUUID()}`;
  await mkdir(incoming, { recursive: true });
  try {
    await make(incoming);
    await rename(incoming, folder).catch((error: NodeJS.ErrnoException) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(incoming, { recursive: true, force: true });
  }
  return folder;
}
