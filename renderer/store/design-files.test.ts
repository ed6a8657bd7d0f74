import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { contract, type HostHandlers } from '#shared/contract/contract.ts';
import { emptyDesign } from '#shared/design/create.ts';
import { buildDesign, buildTopic } from '#shared/design/testing/build-design.ts';
import { writeDesign } from '#shared/design/write-design.ts';
import { createClient } from '#shared/rpc/client.ts';
import { RpcError } from '#shared/rpc/define-contract.ts';
import { createMemoryPair } from '#shared/rpc/memory-transport.ts';
import { serve } from '#shared/rpc/serve.ts';
import { startConnection } from './connection-state.ts';
import { createDesignEdits } from './design-edits.ts';
import { createDesignFiles } from './design-files.ts';
import { noDocument } from './document-state.ts';
import { startView } from './view-state.ts';
import type { WindowState } from './window-state.ts';

const path = 'shop.millstream.json';
const start = writeDesign(buildDesign({ name: 'Shop', topics: [buildTopic('orders')] }));

interface Disk {
  text: string | null;
  draft: string | null;
}

/** A host with one file, over a real pipe; the revision of a text is its length and start. */
function startDesk(disk: Disk) {
  const revisionOf = (text: string) => `${text.length}:${text.slice(0, 200)}`;
  const designs: HostHandlers['designs'] = {
    list: async () => ({ files: [] }),
    open: async () => {
      if (disk.text === null) throw new RpcError('not-found', `${path} is not there.`);
      return { path, text: disk.text, revision: revisionOf(disk.text), recovered: disk.draft };
    },
    save: async ({ text, revision }) => {
      const held = disk.text === null ? null : revisionOf(disk.text);
      if (held !== revision) throw new RpcError('conflict', `${path} was changed.`);
      disk.text = text;
      return { path, revision: revisionOf(text) };
    },
    keepDraft: async ({ text }) => {
      disk.draft = text;
      return {};
    },
    watch: (_input, _emit, signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true })),
    pick: async () => ({ path: null }),
  };
  const told: string[] = [];
  const [near, far] = createMemoryPair();
  serve({ designs: contract.designs }, { designs }, far, { onError: (error) => told.push(String(error)) });
  const client = createClient(contract, near);
  const store = createStore<WindowState>(() => ({
    document: noDocument,
    view: startView,
    connection: startConnection,
  }));
  const edits = createDesignEdits(store);
  const notices = { failed: (doing: string) => told.push(doing), done: (what: string) => told.push(what) };
  const files = createDesignFiles({ store, client, edits, notices, draftPauseMs: 0 });
  return { store, edits, files, told, document: () => store.getState().document };
}

const rename = { do: 'renameDesign', name: 'Store' } as const;

test('what is opened, changed and saved is on disk, and no longer dirty', async () => {
  const disk: Disk = { text: start, draft: null };
  const { files, edits, document } = startDesk(disk);
  await files.open(path);
  edits.apply([rename]);
  expect(document().dirty).toBe(true);
  expect(await files.save()).toBe(true);
  expect(document().dirty).toBe(false);
  expect(disk.text).toContain('"Store"');
});

test('a change by another program is a conflict, which overwriting or reading again settles', async () => {
  const disk: Disk = { text: start, draft: null };
  const { files, edits, document, told } = startDesk(disk);
  await files.open(path);
  edits.apply([rename]);
  disk.text = start.replace('"Shop"', '"Theirs"');
  expect(await files.save()).toBe(false);
  expect(document()).toMatchObject({ conflict: true, dirty: true });
  expect(told).toEqual([]);
  await files.overwrite();
  expect(document()).toMatchObject({ conflict: false, dirty: false });
  expect(disk.text).toContain('"Store"');
  disk.text = start.replace('"Shop"', '"Theirs"');
  await files.reload();
  expect(document().design?.name).toBe('Theirs');
});

test('a file that is no design keeps its text, and can be mended', async () => {
  const disk: Disk = { text: '{ "format": ', draft: null };
  const { files, document } = startDesk(disk);
  await files.open(path);
  expect(document()).toMatchObject({ design: null, broken: { path, text: '{ "format": ' } });
  files.readMended(start);
  expect(document()).toMatchObject({ broken: null, dirty: true, design: { name: 'Shop' } });
  expect(disk.text).toBe('{ "format": ');
  expect(await files.save()).toBe(true);
  expect(disk.text).toBe(start);
});

test('unsaved text of before a crash waits for a decision', async () => {
  const disk: Disk = { text: start, draft: start.replace('"Shop"', '"Half done"') };
  const { files, document } = startDesk(disk);
  await files.open(path);
  expect(document()).toMatchObject({ design: { name: 'Shop' }, dirty: false });
  expect(document().recovered).toContain('Half done');
  files.takeRecovered();
  expect(document()).toMatchObject({ design: { name: 'Half done' }, dirty: true, recovered: null });
});

test('a new design is written by its first save, and does not replace a file that is there', async () => {
  const disk: Disk = { text: null, draft: null };
  const { files, document } = startDesk(disk);
  files.create(path, emptyDesign('Fresh'));
  expect(document()).toMatchObject({ dirty: true, file: { path, revision: null } });
  expect(await files.save()).toBe(true);
  expect(disk.text).toContain('"Fresh"');
  files.create(path, emptyDesign('Another'));
  expect(await files.save()).toBe(false);
  expect(document().conflict).toBe(true);
});

test('a file that cannot be opened is told, and what was open stays', async () => {
  const { files, document, told } = startDesk({ text: null, draft: null });
  await files.open(path);
  expect(told).toEqual(['Opening']);
  expect(document()).toMatchObject({ opening: null, design: null });
});
