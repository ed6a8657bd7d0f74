import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Measurement } from './bench.ts';

/** The size of every file of the web bundle, as it is and as gzip sends it, largest first. */
export async function measureBundle(root: string): Promise<readonly Measurement[]> {
  const folder = path.join(root, 'dist/web');
  if (!existsSync(folder)) throw new Error('There is no dist/web: run "npm run build" first.');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const sizes = await Promise.all(names.map(measureFile));
  const files = sizes.sort((one, other) => other.raw - one.raw);
  const total = files.reduce((sum, { raw, gzip }) => ({ raw: sum.raw + raw, gzip: sum.gzip + gzip }), {
    raw: 0,
    gzip: 0,
  });
  return [
    ...files.map(({ file, ...size }) => ({ name: path.relative(folder, file), value: formatSize(size) })),
    { name: `total of ${files.length} files`, value: formatSize(total) },
  ];
}

async function measureFile(file: string) {
  const content = await readFile(file);
  return { file, raw: content.length, gzip: gzipSync(content).length };
}

function formatSize({ raw, gzip }: { raw: number; gzip: number }): string {
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1).padStart(9)} kB`;
  return `${kilobytes(raw)} ${kilobytes(gzip)} gzip`;
}
