import path from 'node:path';
import { type ElectronApplication, _electron as electron } from '@playwright/test';
import { findElectronBinary } from '#app/electron/find-binary.ts';
import { ordersFile } from '../fixtures/design-folder.ts';
import { expect, test } from '../fixtures/test.ts';
import { MillstreamPage } from '../pages/millstream-page.ts';

const binary = findElectronBinary();
const main = path.resolve(import.meta.dirname, '../../dist/electron/main.js');
const notHere = 'Electron’s own binary is not on this machine, so the desktop app was NOT tested here.';

test.describe('the desktop app', () => {
  if (binary === null) console.warn(`\n  SKIPPED: ${notHere}\n`);
  test.skip(binary === null, notHere);

  let app: ElectronApplication;
  test.beforeEach(async ({ folder }) => {
    app = await electron.launch({
      executablePath: binary ?? '',
      args: ['--no-sandbox', main, folder.at(ordersFile)],
      cwd: folder.path,
      env: { ...process.env, XDG_STATE_HOME: folder.state } as Record<string, string>,
    });
  });
  test.afterEach(async () => {
    await app.close();
  });

  test('opens a design, saves it, and keeps the page away from Node', async ({ faults, folder }) => {
    const page = await app.firstWindow();
    await faults.watch(page);
    const window = new MillstreamPage(page);
    await expect(window.canvas.topic('orders')).toBeVisible();
    expect(page.url()).toMatch(/^app:\/\//);
    expect(
      await page.evaluate(() => ['require', 'process', 'module'].filter((name) => name in globalThis)),
    ).toEqual([]);
    await window.find('payments');
    await window.set('Partitions', '8');
    await page.keyboard.press('Control+s');
    await window.expectSaved();
    expect(await folder.read(ordersFile)).toContain('"partitions": 8');
  });

  test('opens no other page and no second window', async () => {
    const page = await app.firstWindow();
    await expect(new MillstreamPage(page).canvas.surface).toBeVisible();
    const before = page.url();
    await page.evaluate(() => {
      window.open('https://127.0.0.1:1/');
      location.href = 'https://127.0.0.1:1/';
    });
    await expect(new MillstreamPage(page).canvas.surface).toBeVisible();
    expect([page.url(), app.windows().length]).toEqual([before, 1]);
  });
});
