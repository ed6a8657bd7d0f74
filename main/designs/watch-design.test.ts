import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createDesignBench, type DesignBench } from './design-bench.ts';
import { toRevision } from './read-design.ts';

let bench: DesignBench;
let controller: AbortController;
beforeEach(async () => {
  bench = await createDesignBench();
  controller = new AbortController();
});
afterEach(async () => {
  controller.abort();
  await bench.remove();
});

async function watchOne() {
  const files = await bench.start();
  const file = path.join(bench.folder, 'a.millstream.json');
  const { revision } = await files.save('a.millstream.json', 'one', null);
  const seen: (string | null)[] = [];
  const ended = files.watch('a.millstream.json', (next) => seen.push(next), controller.signal);
  return { files, file, revision, seen, ended };
}

it('tells of a change, of a change by replacement, of the end and of a new start', async () => {
  const { file, seen } = await watchOne();
  await writeFile(file, 'two');
  await vi.waitFor(() => expect(seen).toEqual([toRevision('two')]));
  await writeFile(`${file}.new`, 'three');
  await rename(`${file}.new`, file);
  await vi.waitFor(() => expect(seen.at(-1)).toBe(toRevision('three')));
  await writeFile(file, 'four');
  await vi.waitFor(() => expect(seen.at(-1)).toBe(toRevision('four')));
  await rm(file);
  await vi.waitFor(() => expect(seen.at(-1)).toBeNull());
  await writeFile(file, 'five');
  await vi.waitFor(() => expect(seen.at(-1)).toBe(toRevision('five')));
});

it('tells of a change that came between the opening and the watch', async () => {
  const files = await bench.start();
  await files.save('a.millstream.json', 'one', null);
  await writeFile(path.join(bench.folder, 'a.millstream.json'), 'two');
  const seen: (string | null)[] = [];
  void files.watch('a.millstream.json', (next) => seen.push(next), controller.signal);
  await vi.waitFor(() => expect(seen).toEqual([toRevision('two')]));
});

it('says nothing of this host’s own saves', async () => {
  const { files, file, revision, seen } = await watchOne();
  const { revision: mine } = await files.save('a.millstream.json', 'mine', revision);
  await writeFile(file, 'theirs');
  await vi.waitFor(() => expect(seen).toEqual([toRevision('theirs')]));
  await writeFile(file, 'mine');
  await vi.waitFor(() => expect(seen).toEqual([toRevision('theirs'), mine]));
});

it('ends with its signal', async () => {
  const { ended } = await watchOne();
  controller.abort();
  await expect(ended).resolves.toBeUndefined();
});

it('says that there is no folder to watch', async () => {
  const files = await bench.start();
  const watching = files.watch('no/such.millstream.json', () => undefined, controller.signal);
  await expect(watching).rejects.toMatchObject({ code: 'not-found' });
});
