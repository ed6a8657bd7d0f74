import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDesignBench, type DesignBench } from './design-bench.ts';
import { designLimit, noRevision } from './read-design.ts';

let bench: DesignBench;
beforeEach(async () => {
  bench = await createDesignBench();
});
afterEach(() => bench.remove());

const inFolder = (name: string) => path.join(bench.folder, name);

describe('open and save', () => {
  it('gives back what was saved, to the byte', async () => {
    const files = await bench.start();
    const text = '{ "name": "Größe 𝄞" }\r\n\r\n';
    const saved = await files.save('a.millstream.json', text, null);
    expect(saved.path).toBe('a.millstream.json');
    expect(await files.open('a.millstream.json')).toEqual({ ...saved, text, recovered: null });
    expect(await readFile(inFolder('a.millstream.json'), 'utf8')).toBe(text);
  });

  it('opens text that is no design, so that nothing is lost', async () => {
    await writeFile(inFolder('a.millstream.json'), '<<<<<<< HEAD');
    const files = await bench.start();
    expect((await files.open('a.millstream.json')).text).toBe('<<<<<<< HEAD');
  });

  it('does not overwrite what somebody else changed, made or removed', async () => {
    const files = await bench.start();
    const first = await files.save('a.millstream.json', 'one', null);
    await writeFile(inFolder('a.millstream.json'), 'theirs');
    await expect(files.save('a.millstream.json', 'two', first.revision)).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(files.save('a.millstream.json', 'two', null)).rejects.toMatchObject({ code: 'conflict' });
    expect(await readFile(inFolder('a.millstream.json'), 'utf8')).toBe('theirs');
    await rm(inFolder('a.millstream.json'));
    await expect(files.save('a.millstream.json', 'two', first.revision)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('removed'),
    });
    await files.save('a.millstream.json', 'two', null);
  });

  it('takes a save again whose answer was lost', async () => {
    const files = await bench.start();
    const first = await files.save('a.millstream.json', 'one', null);
    const second = await files.save('a.millstream.json', 'two', first.revision);
    expect(await files.save('a.millstream.json', 'two', first.revision)).toEqual(second);
  });

  it('lets only one of two saves at once win', async () => {
    const files = await bench.start();
    const { revision } = await files.save('a.millstream.json', 'one', null);
    const results = await Promise.allSettled([
      files.save('a.millstream.json', 'left', revision),
      files.save('a.millstream.json', 'right', revision),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('keeps the mode of the file and leaves nothing beside it', async () => {
    const files = await bench.start();
    const { revision } = await files.save('a.millstream.json', 'one', null);
    await chmod(inFolder('a.millstream.json'), 0o640);
    await files.save('a.millstream.json', 'two', revision);
    expect((await stat(inFolder('a.millstream.json'))).mode & 0o777).toBe(0o640);
    expect(await readdir(bench.folder)).toEqual(['a.millstream.json']);
  });

  it('says in one sentence why a file cannot be opened or saved', async () => {
    const files = await bench.start();
    await mkdir(inFolder('dir.millstream.json'));
    await writeFile(inFolder('bytes.millstream.json'), new Uint8Array([0x7b, 0xff, 0xfe]));
    await writeFile(inFolder('large.millstream.json'), ' '.repeat(designLimit + 1));
    const open = (name: string) => files.open(`${name}.millstream.json`);
    await expect(open('missing')).rejects.toMatchObject({ code: 'not-found' });
    await expect(open('dir')).rejects.toMatchObject({ code: 'refused' });
    await expect(open('bytes')).rejects.toMatchObject({ code: 'bad-input' });
    await expect(open('large')).rejects.toMatchObject({ code: 'too-large' });
    await expect(files.save('no/such.millstream.json', '', null)).rejects.toMatchObject({
      code: 'not-found',
    });
    const large = ' '.repeat(designLimit + 1);
    await expect(files.save('b.millstream.json', large, null)).rejects.toMatchObject({ code: 'too-large' });
  });

  it('opens and saves although the state folder cannot be written', async () => {
    await writeFile(bench.stateFolder, 'a file where a folder should be');
    const files = await bench.start();
    const { revision } = await files.save('a.millstream.json', 'one', null);
    expect(await files.open('a.millstream.json')).toMatchObject({ text: 'one', revision });
    expect(bench.errors.length).toBeGreaterThan(0);
  });
});

describe('drafts', () => {
  it('are given back after a crash, and forgotten with the save', async () => {
    const before = await bench.start();
    const { revision } = await before.save('a.millstream.json', 'saved', null);
    await before.keepDraft('a.millstream.json', 'unsaved');
    const after = await bench.start();
    expect(await after.open('a.millstream.json')).toMatchObject({ text: 'saved', recovered: 'unsaved' });
    await after.save('a.millstream.json', 'unsaved', revision);
    expect((await after.open('a.millstream.json')).recovered).toBeNull();
  });

  it('are forgotten when asked, and when they say what the file says', async () => {
    const files = await bench.start();
    await files.save('a.millstream.json', 'saved', null);
    await files.keepDraft('a.millstream.json', 'unsaved');
    await files.keepDraft('a.millstream.json', null);
    expect((await files.open('a.millstream.json')).recovered).toBeNull();
    await files.keepDraft('a.millstream.json', 'saved');
    expect((await files.open('a.millstream.json')).recovered).toBeNull();
  });

  it('bring back a design that was never saved', async () => {
    await (await bench.start()).keepDraft('new.millstream.json', 'first thoughts');
    const files = await bench.start();
    expect((await files.list()).map((one) => one.path)).toEqual(['new.millstream.json']);
    const opened = await files.open('new.millstream.json');
    expect(opened).toMatchObject({ text: '', revision: noRevision, recovered: 'first thoughts' });
    await files.save('new.millstream.json', 'first thoughts', opened.revision);
    expect((await files.open('new.millstream.json')).recovered).toBeNull();
  });

  it('can be read by their user only', async () => {
    await (await bench.start()).keepDraft('a.millstream.json', 'unsaved');
    const folder = path.join(bench.stateFolder, 'drafts');
    const [name] = await readdir(folder);
    expect((await stat(folder)).mode & 0o077).toBe(0);
    expect((await stat(path.join(folder, name ?? ''))).mode & 0o077).toBe(0);
  });
});

describe('list', () => {
  it('finds designs under the folder and recent ones, newest first', async () => {
    await mkdir(inFolder('deep/er'), { recursive: true });
    await mkdir(inFolder('node_modules'));
    await writeFile(inFolder('deep/er/b.millstream.json'), '');
    await writeFile(inFolder('node_modules/c.millstream.json'), '');
    await writeFile(inFolder('package.json'), '');
    const elsewhere = path.join(bench.outside, 'd.millstream.json');
    await writeFile(elsewhere, '');
    await (await bench.start(elsewhere)).open(elsewhere);
    const files = await bench.start();
    await files.save('a.millstream.json', '', null);
    const listed = await files.list();
    expect(listed.map((one) => one.path).sort()).toEqual(
      [elsewhere, 'a.millstream.json', 'deep/er/b.millstream.json'].sort(),
    );
    expect(listed[0]).toMatchObject({ path: 'a.millstream.json', name: 'a', recent: true });
    expect(listed.find((one) => one.name === 'b')?.recent).toBe(false);
  });

  it('starts with a broken list of recent designs', async () => {
    await mkdir(bench.stateFolder);
    await writeFile(path.join(bench.stateFolder, 'recent.json'), '{"files":[{"path":7}]');
    expect(await (await bench.start()).list()).toEqual([]);
  });
});
