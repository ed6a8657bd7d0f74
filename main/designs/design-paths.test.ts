import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDesignBench, type DesignBench } from './design-bench.ts';

let bench: DesignBench;
let elsewhere: string;
beforeEach(async () => {
  bench = await createDesignBench();
  elsewhere = path.join(bench.outside, 'other.millstream.json');
  await writeFile(elsewhere, 'theirs');
});
afterEach(() => bench.remove());

it.each(['../outside/other.millstream.json', 'a/../../outside/other.millstream.json'])(
  'refuses %s, which leads out of the folder',
  async (asked) => {
    const files = await bench.start();
    const refused = { code: 'refused', message: expect.stringMatching(/outside .* start Millstream/) };
    await expect(files.open(asked)).rejects.toMatchObject(refused);
    await expect(files.save(asked, 'mine', null)).rejects.toMatchObject(refused);
    await expect(files.keepDraft(asked, 'mine')).rejects.toMatchObject(refused);
  },
);

it('refuses an absolute path outside, and takes one inside', async () => {
  const files = await bench.start();
  await expect(files.open(elsewhere)).rejects.toMatchObject({ code: 'refused' });
  const saved = await files.save(path.join(bench.folder, 'a.millstream.json'), '', null);
  expect(saved.path).toBe('a.millstream.json');
});

it('refuses links out of the folder, to a file and to a folder', async () => {
  await symlink(elsewhere, path.join(bench.folder, 'link.millstream.json'));
  await symlink(bench.outside, path.join(bench.folder, 'linked'));
  const files = await bench.start();
  await expect(files.open('link.millstream.json')).rejects.toMatchObject({ code: 'refused' });
  await expect(files.open('linked/other.millstream.json')).rejects.toMatchObject({ code: 'refused' });
  await expect(files.save('linked/new.millstream.json', '', null)).rejects.toMatchObject({ code: 'refused' });
});

it('refuses a link to a file that is no design', async () => {
  await writeFile(path.join(bench.folder, 'secret.txt'), 'secret');
  await symlink('secret.txt', path.join(bench.folder, 'link.millstream.json'));
  await expect((await bench.start()).open('link.millstream.json')).rejects.toMatchObject({
    code: 'bad-input',
  });
});

it('follows a link inside the folder', async () => {
  await mkdir(path.join(bench.folder, 'real'));
  await writeFile(path.join(bench.folder, 'real', 'a.millstream.json'), 'mine');
  await symlink('real', path.join(bench.folder, 'linked'));
  const opened = await (await bench.start()).open('linked/a.millstream.json');
  expect(opened).toMatchObject({ path: 'real/a.millstream.json', text: 'mine' });
});

it('takes what was named at the start, and remembers it as recent', async () => {
  const first = await bench.start(elsewhere);
  expect((await first.open(elsewhere)).path).toBe(elsewhere);
  expect((await (await bench.start()).open(elsewhere)).text).toBe('theirs');
});

it('takes what was picked in a dialog', async () => {
  const files = await bench.start();
  await files.allow(elsewhere);
  expect((await files.open(elsewhere)).text).toBe('theirs');
});

it.each(['package.json', '.millstream.json', 'a.millstream.json/..', 'a.json', 'a\0.millstream.json', '/'])(
  'refuses %j, which is not the name of a design',
  async (asked) => {
    await expect((await bench.start()).open(asked)).rejects.toMatchObject({ code: 'bad-input' });
  },
);

it('takes a folder whose name begins with two dots', async () => {
  await mkdir(path.join(bench.folder, '..hidden'));
  const saved = await (await bench.start()).save('..hidden/a.millstream.json', '', null);
  expect(saved.path).toBe('..hidden/a.millstream.json');
});
