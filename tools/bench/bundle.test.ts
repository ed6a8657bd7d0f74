import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { measureBundle } from './bundle.ts';

let root = '';

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'millstream-bundle-'));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

test('files come largest first, with their sum', async () => {
  mkdirSync(path.join(root, 'dist/web/assets'), { recursive: true });
  writeFileSync(path.join(root, 'dist/web/index.html'), 'x'.repeat(500));
  writeFileSync(path.join(root, 'dist/web/assets/app.js'), 'y'.repeat(2000));
  const measurements = await measureBundle(root);
  expect(measurements.map(({ name }) => name)).toEqual(['assets/app.js', 'index.html', 'total of 2 files']);
  expect(measurements.at(-1)?.value).toMatch(/^\s*2\.5 kB\s+0\.\d kB gzip$/);
});

test('without a bundle it says what to run first', async () => {
  await expect(measureBundle(root)).rejects.toThrow('There is no dist/web: run "npm run build" first.');
});
