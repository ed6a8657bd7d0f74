import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { runStep } from './child-groups.ts';

/** What the page is built from. */
const sources = ['renderer', 'shared', 'package-lock.json', 'vite.config.ts'];

/** Builds the web page when it is missing or older than any of its sources. */
export async function ensurePage(
  root: string,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const built = await changedAt(path.join(root, 'dist/web/index.html'));
  const changes = await Promise.all(sources.map((source) => newest(path.join(root, source))));
  if (built > Math.max(...changes)) return;
  say('building the page…');
  // In a process of its own: a bundler keeps a gigabyte that the demo has better use for.
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  await runStep(process.execPath, [vite, 'build', '--logLevel', 'error'], { cwd: root, signal });
}

async function newest(place: string): Promise<number> {
  const stats = await stat(place);
  if (stats.isFile()) return stats.mtimeMs;
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.includes('.test.'));
  const times = await Promise.all(files.map((entry) => changedAt(path.join(entry.parentPath, entry.name))));
  return Math.max(0, ...times);
}

/** 0 when there is no such file. */
async function changedAt(file: string): Promise<number> {
  try {
    return (await stat(file)).mtimeMs;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
}
