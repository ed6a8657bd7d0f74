import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { isMissing } from './file-problems.ts';

const most = 20;

const Stored = z.object({ files: z.array(z.object({ path: z.string(), at: z.number() })) });
export type RecentDesign = z.infer<typeof Stored>['files'][number];

export interface RecentDesigns {
  /** Newest first. */
  read(): Promise<readonly RecentDesign[]>;
  add(real: string, at: number): Promise<void>;
}

/** The designs that this user opened last, by real path, in one small file. A broken file counts as empty. */
export function createRecentDesigns(stateFolder: string): RecentDesigns {
  const file = path.join(stateFolder, 'recent.json');
  let turn: Promise<unknown> = Promise.resolve();
  const read = async () => {
    const text = await readIfThere(file);
    const parsed = Stored.safeParse(text === null ? null : parseJson(text));
    return parsed.success ? parsed.data.files : [];
  };
  const write = async (real: string, at: number) => {
    const others = (await read()).filter((one) => one.path !== real);
    const files = [{ path: real, at }, ...others].slice(0, most);
    await mkdir(stateFolder, { recursive: true, mode: 0o700 });
    await writeFileAtomic(file, `${JSON.stringify({ files }, null, 2)}\n`, { mode: 0o600 });
  };
  return {
    read,
    add(real, at) {
      const mine = turn.then(() => write(real, at));
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
}

export async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
