import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findElectronBinary } from './find-binary.ts';

let packageFolder: string;
beforeEach(async () => {
  packageFolder = await mkdtemp(path.join(tmpdir(), 'millstream-electron-'));
  await mkdir(path.join(packageFolder, 'dist'));
});
afterEach(() => rm(packageFolder, { recursive: true, force: true }));

const find = (env: Record<string, string> = {}) =>
  findElectronBinary({ env, packageFolder, platform: 'linux' });

it('finds nothing where nothing was downloaded', async () => {
  expect(find()).toBeNull();
  await writeFile(path.join(packageFolder, 'path.txt'), 'electron');
  expect(find()).toBeNull();
});

it('finds the binary that the package names', async () => {
  const binary = path.join(packageFolder, 'dist', 'electron');
  await writeFile(path.join(packageFolder, 'path.txt'), 'electron');
  await writeFile(binary, '');
  await chmod(binary, 0o755);
  expect(find()).toBe(binary);
});

it('prefers the folder that the user names', async () => {
  const folder = path.join(packageFolder, 'own');
  await mkdir(folder);
  await writeFile(path.join(folder, 'electron'), '', { mode: 0o755 });
  expect(find({ ELECTRON_OVERRIDE_DIST_PATH: folder })).toBe(path.join(folder, 'electron'));
});
