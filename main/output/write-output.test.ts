import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FileMap, type FileOwnership, toFileMap } from '#shared/codegen/file-map.ts';
import { withManifest } from '#shared/codegen/manifest.ts';
import { writeOutput } from './write-output.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millstream-output-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const about = { generator: '1.2.3', target: 'typescript', design: { name: 'Shop', sha256: 'abc' } };

function output(files: Record<string, string>, ownership: FileOwnership = 'generated'): FileMap {
  const entries = Object.entries(files).map(([path, text]) => [path, { text, ownership }] as const);
  return withManifest(toFileMap(entries), about);
}

const text = (path: string): Promise<string> => readFile(join(folder, path), 'utf8');

async function statuses(files: FileMap): Promise<Record<string, string>> {
  const written = await writeOutput(folder, files);
  return Object.fromEntries(written.map((file) => [file.path, file.status]));
}

test('writes a folder once, and finds nothing to do the second time', async () => {
  const files = output({ 'README.md': 'hello', 'src/main.ts': 'run();' });
  expect(await statuses(files)).toEqual({ 'README.md': 'created', 'src/main.ts': 'created' });
  expect(await text('src/main.ts')).toBe('run();');
  expect(await statuses(files)).toEqual({ 'README.md': 'unchanged', 'src/main.ts': 'unchanged' });
});

test('replaces what nobody edited', async () => {
  await statuses(output({ 'a.ts': 'one' }));
  expect(await statuses(output({ 'a.ts': 'two' }))).toEqual({ 'a.ts': 'updated' });
  expect(await text('a.ts')).toBe('two');
});

test('keeps an edited file and puts the new text beside it, also the time after', async () => {
  await statuses(output({ 'a.ts': 'one' }));
  await writeFile(join(folder, 'a.ts'), 'mine');
  for (const next of ['two', 'three']) {
    expect(await statuses(output({ 'a.ts': next }))).toEqual({ 'a.ts': 'kept' });
    expect(await text('a.ts')).toBe('mine');
    expect(await text('a.ts.new')).toBe(next);
  }
});

test('takes the person’s adoption of the new text as the end of the edit', async () => {
  await statuses(output({ 'a.ts': 'one' }));
  await writeFile(join(folder, 'a.ts'), 'mine');
  await statuses(output({ 'a.ts': 'two' }));
  await writeFile(join(folder, 'a.ts'), await text('a.ts.new'));
  expect(await statuses(output({ 'a.ts': 'three' }))).toEqual({ 'a.ts': 'updated' });
});

test('never writes over a handler', async () => {
  await statuses(output({ 'src/handlers/mail.ts': 'stub' }, 'once'));
  await writeFile(join(folder, 'src/handlers/mail.ts'), 'mine');
  const again = output({ 'src/handlers/mail.ts': 'another stub' }, 'once');
  expect(await statuses(again)).toEqual({ 'src/handlers/mail.ts': 'unchanged' });
  expect(await text('src/handlers/mail.ts')).toBe('mine');
});

test('moves a handler that is no longer drawn, and a file that was edited, and removes the rest', async () => {
  await writeOutput(folder, output({ 'src/handlers/mail.ts': 'stub' }, 'once'));
  await writeFile(join(folder, 'src/handlers/mail.ts'), 'mine');
  expect(await statuses(output({ 'a.ts': 'a' }))).toEqual({
    'a.ts': 'created',
    'src/handlers/mail.ts': 'orphaned',
  });
  expect(await text('_orphaned/src/handlers/mail.ts')).toBe('mine');
  expect(await readdir(folder)).not.toContain('src');

  await statuses(output({ 'a.ts': 'a', 'b.ts': 'b' }));
  await writeFile(join(folder, 'b.ts'), 'edited');
  expect(await statuses(output({ 'c.ts': 'c' }))).toEqual({
    'a.ts': 'removed',
    'b.ts': 'orphaned',
    'c.ts': 'created',
  });
  expect(await text('_orphaned/b.ts')).toBe('edited');
});

test('keeps both when an orphan of that name lies there already', async () => {
  for (const version of ['first', 'second']) {
    await writeOutput(folder, output({ 'h.ts': 'stub' }, 'once'));
    await writeFile(join(folder, 'h.ts'), version);
    await writeOutput(folder, output({}));
  }
  const orphans = await readdir(join(folder, '_orphaned'));
  const texts = await Promise.all(orphans.map((name) => text(join('_orphaned', name))));
  expect(texts.sort()).toEqual(['first', 'second']);
});

test('a dry run tells the same and changes nothing', async () => {
  const files = output({ 'a.ts': 'one' });
  const told = await writeOutput(folder, files, { dryRun: true });
  expect(told).toEqual([{ path: 'a.ts', status: 'created' }]);
  expect(await readdir(folder)).toEqual([]);
});

test('refuses a folder that somebody else filled, by name', async () => {
  await writeFile(join(folder, 'thesis.txt'), 'years of work');
  await expect(writeOutput(folder, output({ 'a.ts': 'a' }))).rejects.toThrow(
    `The folder ${folder} is not empty and was not written by Millstream`,
  );
  expect(await readdir(folder)).toEqual(['thesis.txt']);
});

test('writes into a folder that holds only a git repository', async () => {
  await mkdir(join(folder, '.git'));
  expect(await statuses(output({ 'a.ts': 'a' }))).toEqual({ 'a.ts': 'created' });
});

test('refuses the folder of another target, a broken manifest, and a file in place of the folder', async () => {
  await writeOutput(folder, output({ 'a.ts': 'a' }));
  const topics = withManifest(toFileMap([]), { ...about, target: 'topics' });
  await expect(writeOutput(folder, topics)).rejects.toThrow('holds the typescript output');
  await writeFile(join(folder, '.millstream/manifest.json'), '{ "half": ');
  await expect(writeOutput(folder, output({}))).rejects.toThrow('manifest.json cannot be read');
  await expect(writeOutput(join(folder, 'a.ts'), output({}))).rejects.toThrow('a.ts is not a folder');
});

test.each(['../escape.ts', 'a/../../escape.ts', '/etc/escape.ts', 'a//b.ts'])(
  'refuses the path %s before anything is written',
  async (path) => {
    await expect(writeOutput(folder, output({ 'a.ts': 'a', [path]: 'x' }))).rejects.toThrow(
      'does not stay inside',
    );
    expect(await readdir(folder)).toEqual([]);
  },
);

test('does not write through a symbolic link', async () => {
  const elsewhere = await mkdtemp(join(tmpdir(), 'millstream-elsewhere-'));
  await writeOutput(folder, output({ 'a.ts': 'a' }));
  await symlink(elsewhere, join(folder, 'src'));
  await expect(writeOutput(folder, output({ 'src/main.ts': 'x' }))).rejects.toThrow('is a symbolic link');
  expect(await readdir(elsewhere)).toEqual([]);
  await rm(elsewhere, { recursive: true });
});

test('finishes what an earlier run began', async () => {
  await writeOutput(folder, output({ 'a.ts': 'one', 'b.ts': 'one' }));
  const next = output({ 'a.ts': 'two', 'b.ts': 'two' });
  await writeFile(join(folder, 'a.ts'), 'two'); // As if the run had been cut short after the first file.
  expect(await statuses(next)).toEqual({ 'a.ts': 'unchanged', 'b.ts': 'updated' });
});

test('stops between files when asked', async () => {
  const cancelled = AbortSignal.abort(new Error('stopped by its asker'));
  await expect(writeOutput(folder, output({ 'a.ts': 'a' }), { signal: cancelled })).rejects.toThrow(
    'stopped by its asker',
  );
  expect(await readdir(folder)).toEqual([]);
});
