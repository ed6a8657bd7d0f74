import { readdir, readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { goldenDesigns } from './golden-designs.ts';
import { goldenFolder, goldenProject } from './golden-project.ts';

const designs = await goldenDesigns();

describe('a generated project is the one that was looked at', () => {
  test.each(Object.entries(designs))('%s', async (name, design) => {
    const files = await goldenProject(design);
    const folder = new URL(`${name}/`, goldenFolder);
    expect([...files.keys()]).toEqual(await listFiles(folder));
    for (const [path, { text }] of files) {
      expect(text, path).toBe(await readFile(new URL(path, folder), 'utf8'));
    }
  });
});

test('the same design gives the same bytes', async () => {
  const { joins } = designs;
  if (joins === undefined) throw new Error('There is no golden design of joins.');
  expect(await goldenProject(joins)).toEqual(await goldenProject(structuredClone(joins)));
});

async function listFiles(folder: URL): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const root = fileURLToPath(folder);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, `${entry.parentPath}/${entry.name}`))
    .sort((a, b) => (a < b ? -1 : 1));
}
