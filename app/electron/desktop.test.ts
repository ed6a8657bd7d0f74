import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { contract } from '#shared/contract/contract.ts';
import { createClient } from '#shared/rpc/client.ts';
import { createPortTransport } from '#shared/rpc/port-transport.ts';
import { createFakeElectron, createFakePortPair, type FakeContents } from './fake-electron.ts';

let fake: ReturnType<typeof createFakeElectron>;
let base: string;

beforeEach(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'millstream-desktop-'));
  await mkdir(path.join(base, 'dist/web'), { recursive: true });
  await writeFile(path.join(base, 'dist/web/index.html'), '<!doctype html>');
  await writeFile(path.join(base, 'secret.html'), 'secret');
  fake = createFakeElectron();
  vi.resetModules();
  vi.doMock('electron', () => fake.module);
});
afterEach(async () => {
  vi.doUnmock('electron');
  await rm(base, { recursive: true, force: true });
});

async function start(...args: string[]) {
  const { startDesktop } = await import('./desktop.ts');
  await startDesktop({
    builtFolder: path.join(base, 'dist/electron'),
    args,
    currentFolder: base,
    stateFolder: path.join(base, 'state'),
  });
}

async function startWindow() {
  await start();
  const [window] = fake.record.windows;
  if (!window) throw new Error('No window was opened.');
  return window;
}

describe('the window', () => {
  it('shows our page with nothing of Node in it', async () => {
    const window = await startWindow();
    expect(fake.record.isSandboxed).toBe(true);
    expect(window.loaded).toBe('app://millstream/');
    expect(window.options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      preload: path.join(base, 'dist/electron/preload.cjs'),
    });
  });

  it('is the only one: a second start hands over', async () => {
    const window = await startWindow();
    fake.app.emit('second-instance');
    expect([fake.record.windows.length, window.focused]).toEqual([1, 1]);
    fake.record.windows.length = 0;
    fake.record.lock = false;
    await start();
    expect([fake.record.windows.length, fake.record.quits]).toEqual([0, 1]);
  });

  it('leaves undo to the page', async () => {
    await startWindow();
    expect(JSON.stringify(fake.record.menu)).toContain('"role":"copy"');
    expect(JSON.stringify(fake.record.menu)).not.toMatch(/undo|redo|reload/);
  });

  it('ends after its services', async () => {
    await startWindow();
    const event = { preventDefault: vi.fn() };
    fake.app.emit('will-quit', event);
    expect(event.preventDefault).toHaveBeenCalledOnce();
    await vi.waitFor(() => expect(fake.record.quits).toBe(1));
    fake.app.emit('will-quit', event);
    expect(event.preventDefault).toHaveBeenCalledOnce();
  });
});

const foreign = [
  'https://evil.test/',
  'http://127.0.0.1:8080/',
  'file:///etc/passwd',
  'app://evil/',
  'app://millstream.evil.test/',
  'app://user@millstream/',
  'javascript:alert(1)',
  'not an address',
];

describe('a page that tries to leave', () => {
  let contents: FakeContents;
  beforeEach(async () => {
    contents = (await startWindow()).webContents;
  });

  it.each(foreign)('does not get to %s', (url) => {
    expect(contents.attempt('will-navigate', { url })).toBe(true);
    expect(contents.attempt('will-redirect', { url })).toBe(true);
    expect(contents.openHandler?.({ url })).toEqual({ action: 'deny' });
  });

  it('may reload, but opens no frame, no window and no webview', () => {
    const url = 'app://millstream/';
    expect(contents.attempt('will-navigate', { url })).toBe(false);
    expect(contents.attempt('will-frame-navigate', { url, isMainFrame: false })).toBe(true);
    expect(contents.attempt('will-frame-navigate', { url, isMainFrame: true })).toBe(false);
    expect(contents.attempt('will-attach-webview', {})).toBe(true);
    expect(contents.openHandler?.({ url })).toEqual({ action: 'deny' });
  });

  it('hands only plain https links to the browser', () => {
    const links = [
      ...foreign,
      'https://user:secret@evil.test/',
      'smb://share',
      'https://kafka.apache.org/doc',
    ];
    for (const url of links) contents.openHandler?.({ url });
    expect(fake.record.opened).toEqual(['https://evil.test/', 'https://kafka.apache.org/doc']);
  });
});

describe('the session', () => {
  it('denies every permission but the clipboard to our own page', async () => {
    await startWindow();
    const all = ['media', 'geolocation', 'notifications', 'openExternal', 'clipboard-read', 'hid', 'unknown'];
    for (const permission of all) {
      expect(fake.session.grants(permission, 'app://millstream/')).toBe(false);
      expect(fake.session.check?.({}, permission, 'app://millstream/')).toBe(false);
    }
    expect(fake.session.grants('clipboard-sanitized-write', 'app://millstream/')).toBe(true);
    expect(fake.session.grants('clipboard-sanitized-write', 'https://evil.test/')).toBe(false);
    expect(fake.session.device?.({})).toBe(false);
  });

  it('cancels requests to anywhere else', async () => {
    await startWindow();
    const decide = vi.fn();
    fake.session.cancels?.listener({}, decide);
    expect(decide).toHaveBeenCalledWith({ cancel: true });
    expect(fake.session.cancels?.urls).toEqual(
      expect.arrayContaining(['https://*/*', 'file://*/*', 'ws://*/*']),
    );
  });
});

describe('app://', () => {
  const get = async (address: string, method = 'GET') => {
    await startWindow();
    const handler = fake.session.schemes.get('app');
    return handler?.(new Request(address, { method }));
  };

  it('is a secure standard scheme without more rights', async () => {
    await startWindow();
    expect(fake.record.schemes).toEqual([
      {
        scheme: 'app',
        privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
      },
    ]);
  });

  it('serves the page with its policy', async () => {
    const answer = await get('app://millstream/');
    expect(answer?.status).toBe(200);
    expect(await answer?.text()).toBe('<!doctype html>');
    expect(answer?.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer?.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    'app://millstream/../../secret.html',
    'app://millstream/..%2f..%2fsecret.html',
    'app://millstream/%2e%2e%2f%2e%2e%2fsecret.html',
    'app://evil/',
    'app://millstream/none.html',
  ])('gives nothing for %s', async (address) => {
    const answer = await get(address);
    expect(answer?.status).toBe(404);
    expect(await answer?.text()).not.toContain('secret');
  });

  it('takes GET only', async () => {
    expect((await get('app://millstream/', 'POST'))?.status).toBe(404);
  });
});

describe('the pipe', () => {
  const ownFrame = { url: 'app://millstream/', parent: null };

  it('carries the contract for our own page', async () => {
    await writeFile(path.join(base, 'a.millstream.json'), '{}');
    await start('--flag', 'a.millstream.json');
    const { page, main } = createFakePortPair();
    fake.ipcMain.emit('millstream:pipe', { senderFrame: ownFrame, ports: [main] });
    const client = createClient(contract, createPortTransport(page));
    const opened = path.join(base, 'a.millstream.json');
    expect(await client.host.describe({})).toMatchObject({
      kind: 'electron',
      dialogs: true,
      openAtStart: opened,
    });
    expect((await client.designs.open({ path: opened })).text).toBe('{}');
    expect(await client.designs.pick({ for: 'open' })).toEqual({ path: '/picked/a.millstream.json' });
    expect(await client.designs.pick({ for: 'save' })).toEqual({ path: '/picked/b.millstream.json' });
    fake.record.dialog.canceled = true;
    expect(await client.designs.pick({ for: 'folder' })).toEqual({ path: null });
    client.close();
  });

  it.each([
    ['a foreign page', { url: 'https://evil.test/', parent: null }],
    ['another host of the scheme', { url: 'app://evil/', parent: null }],
    ['a frame inside the page', { url: 'app://millstream/', parent: ownFrame }],
    ['a frame that is gone', null],
  ])('is refused to %s', async (_name, senderFrame) => {
    await startWindow();
    const { page, main } = createFakePortPair();
    const closed = new Promise<null>((resolve) => page.addEventListener('close', () => resolve(null)));
    fake.ipcMain.emit('millstream:pipe', { senderFrame, ports: [main] });
    await closed;
  });

  it('is the only channel there is', async () => {
    await startWindow();
    expect(fake.ipcMain.eventNames()).toEqual(['millstream:pipe']);
  });
});

describe('the preload', () => {
  it('gives the page one frozen object with one function', async () => {
    const posted: { message: string; origin: string; ports: readonly unknown[] }[] = [];
    vi.stubGlobal('window', {
      location: { origin: 'app://millstream' },
      postMessage: (message: string, origin: string, ports: readonly unknown[]) =>
        posted.push({ message, origin, ports }),
    });
    await import('./preload.ts');
    const { millstream, ...others } = fake.record.exposed;
    expect(others).toEqual({});
    expect(Object.isFrozen(millstream)).toBe(true);
    expect(Object.keys(millstream as object)).toEqual(['requestPipe']);
    (millstream as { requestPipe(): unknown }).requestPipe();
    expect(fake.record.posted).toMatchObject([{ channel: 'millstream:pipe' }]);
    expect(posted).toMatchObject([{ message: 'millstream:pipe', origin: 'app://millstream' }]);
    for (const { ports } of [...fake.record.posted, ...posted]) {
      for (const port of ports) (port as { close(): void }).close();
    }
    vi.unstubAllGlobals();
  });
});
