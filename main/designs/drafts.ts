import { createHash } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { isMissing } from './file-problems.ts';
import { parseJson, readIfThere } from './recent-designs.ts';

const Draft = z.object({ path: z.string(), text: z.string(), at: z.number() });
export type Draft = z.infer<typeof Draft>;

export interface Drafts {
  keep(real: string, text: string, at: number): Promise<void>;
  read(real: string): Promise<Draft | null>;
  forget(real: string): Promise<void>;
  list(): Promise<readonly Draft[]>;
}

/** Unsaved texts kept against a crash, one file each, readable by their user only. */
export function createDrafts(stateFolder: string): Drafts {
  const folder = path.join(stateFolder, 'drafts');
  const fileOf = (real: string) =>
    path.join(folder, `${createHash('sha256').update(real).digest('hex')}.json`);
  const readDraft = async (file: string) => {
    const text = await readIfThere(file);
    const parsed = Draft.safeParse(text === null ? null : parseJson(text));
    return parsed.success ? parsed.data : null;
  };
  return {
    async keep(real, text, at) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFileAtomic(fileOf(real), JSON.stringify({ path: real, text, at }), { mode: 0o600 });
    },
    read: (real) => readDraft(fileOf(real)),
    forget: (real) => rm(fileOf(real), { force: true }),
    async list() {
      const names = await readNames(folder);
      const drafts = await Promise.all(names.map((name) => readDraft(path.join(folder, name))));
      return drafts.filter((draft) => draft !== null);
    },
  };
}

async function readNames(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.json'));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
