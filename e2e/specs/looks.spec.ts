import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';
import type { MillstreamPage } from '../pages/millstream-page.ts';

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
] as const;

for (const colorScheme of ['dark', 'light'] as const) {
  for (const size of sizes) {
    test.describe(`${colorScheme}, ${size.width} × ${size.height}`, () => {
      test.use({ colorScheme, viewport: size });

      test('every view can be read, reached and named', async ({ start }, testInfo) => {
        test.setTimeout(240_000);
        const window = await start();
        const look = async (name: string) => {
          await testInfo.attach(name, { body: await window.page.screenshot(), contentType: 'image/png' });
          // What axe looks at is the same in the fourth as in the other three together.
          if (colorScheme === 'dark' || size.width > 1_100) {
            expect.soft(await findFaults(window.page), name).toEqual([]);
          }
          expect.soft(await findScroll(window.page), `${name}: the window does not scroll`).toEqual([0, 0]);
        };
        await look('first screen');
        await window.openListed('orders');
        await expect(window.canvas.topic('orders')).toBeVisible();
        await expect(window.page.locator('html')).toHaveAttribute('data-theme', colorScheme);
        await look('drawing from afar');
        await lookAtDesign(window, look);
        await lookAtRunning(window, look);
      });
    });
  }
}

type Look = (name: string) => Promise<void>;

async function lookAtDesign(window: MillstreamPage, look: Look): Promise<void> {
  await window.find('Reserve stock');
  await window.showProperties();
  await expect(window.field('Name')).toHaveValue('Reserve stock');
  await window.showPanel('Problems');
  await look('operator and problems');
  await window.showPanel('Schemas');
  await window.find('orders');
  await look('topic and schemas');
  const code = await window.showPanel('Code');
  await expect(code.getByRole('navigation', { name: 'Generated files' })).toBeVisible({ timeout: 20_000 });
  await look('code');
  await code.getByRole('button', { name: 'Generate …' }).click();
  await look('generate');
  await window.page.keyboard.press('Escape');
  await expect(window.dialog).toHaveCount(0);
  await window.page.keyboard.press('Control+k');
  await look('commands');
  await window.page.keyboard.press('Escape');
  await window.goTo('Settings');
  await look('settings');
}

async function lookAtRunning(window: MillstreamPage, look: Look): Promise<void> {
  await window.goTo('Connections');
  await look('connections');
  const panel = await window.goTo('Sandbox');
  await panel.getByRole('button', { name: 'Start the sandbox' }).click();
  await window.command('Fit the drawing');
  await expect(window.canvas.topic('orders')).toContainText('/s', { timeout: 20_000 });
  await look('sandbox');
  await window.find('orders');
  await window.command('Follow the records of the selected topic');
  const records = await window.showPanel('Records');
  await expect(records.getByRole('listitem').first()).toBeVisible();
  const inspect = await window.goTo('Inspect');
  await look('topic and records');
  await inspect.getByRole('button', { name: 'Back to topics' }).click();
  const stores = await window.showPanel('Stores');
  await expect(stores.getByRole('grid', { name: 'Store entries' })).toBeVisible();
  await look('topics and stores');
  await inspect.getByRole('tab', { name: 'Groups' }).click();
  await inspect.getByRole('listbox', { name: 'Groups' }).getByRole('option').first().click();
  await expect(inspect.getByRole('table', { name: 'Lag by partition' })).toBeVisible();
  await look('group');
}

/** What keeps people from using a view, as axe finds it. */
async function findFaults(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map(({ target, any }) => {
        return `${id}: ${target.join(' ')}: ${any[0]?.message ?? ''} (${nodes.length} in all)`;
      }),
    );
}

/** How far the window itself can be scrolled, as focus does: what is too much scrolls in its own panel. */
function findScroll(page: Page): Promise<readonly number[]> {
  return page.evaluate(() => {
    scrollTo(1_000_000, 1_000_000);
    const far = [scrollX, scrollY];
    scrollTo(0, 0);
    return far;
  });
}
