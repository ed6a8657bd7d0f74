import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { madeOnce } from './made-once.ts';

let base = '';
beforeEach(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'millstream-made-once-'));
});
afterEach(() => rm(base, { recursive: true, force: true }));

test('a folder that is there is not made again', async () => {
  const folder = path.join(base, 'jars');
  await madeOnce(folder, (incoming) => writeFile(path.join(incoming, 'file'), 'first'));
  await madeOnce(folder, (incoming) => writeFile(path.join(incoming, 'file'), 'second'));
  expect(await readFile(path.join(folder, 'file'), 'utf8')).toBe('first');
});

test('of two that make it at once, one is kept whole and nothing is left of the other', async () => {
  const folder = path.join(base, 'jars');
  let begun = 0;
  let together = (): void => undefined;
  const bothBegan = new Promise<void>((resolve) => {
    together = resolve;
  });
  const make = (word: string) =>
    madeOnce(folder, async (incoming) => {
      begun += 1;
      if (begun === 2) together();
      await bothBegan;
      await writeFile(path.join(incoming, word), '');
    });
  await Promise.all([make('one'), make('two')]);
  expect(await readdir(base)).toEqual(['jars']);
  expect(await readdir(folder)).toHaveLength(1);
});

test('what fails leaves nothing behind', async () => {
  const failing = madeOnce(path.join(base, 'jars'), async (incoming) => {
    await writeFile(path.join(incoming, 'half'), '');
    throw new Error('no network');
  });
  await expect(failing).rejects.toThrow('no network');
  expect(await readdir(base)).toEqual([]);
});
