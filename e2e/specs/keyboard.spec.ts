import type { Locator } from '@playwright/test';
import { ordersFile } from '../fixtures/design-folder.ts';
import { fittingsDesign } from '../fixtures/sample-designs.ts';
import { expect, test } from '../fixtures/test.ts';
import { boxOf } from '../pages/canvas-view.ts';

test('a design is opened, found in, changed and saved without a mouse', async ({ start, folder }) => {
  const window = await start();
  const { page, canvas } = window;
  const open = page.getByRole('button', { name: 'Open orders' });
  await expect(open).toBeVisible();
  for (let step = 0; step < 8 && !(await isFocused(open)); step += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(canvas.surface).toBeVisible();

  await window.find('payments');
  await expect(canvas.selected()).toHaveAttribute('aria-label', 'Topic payments');
  await page.keyboard.press('F2');
  await expect(canvas.nameField()).toBeFocused();
  await page.keyboard.type('receipts');
  await page.keyboard.press('Enter');
  await expect(canvas.topic('receipts')).toBeFocused();

  const before = await boxOf(canvas.topic('receipts'));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowDown');
  await expect.poll(async () => (await boxOf(canvas.topic('receipts'))).x).toBeGreaterThan(before.x);
  expect((await boxOf(canvas.topic('receipts'))).y).toBeGreaterThan(before.y + 20);

  await page.keyboard.press('Delete');
  await expect(canvas.topic('receipts')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(canvas.topic('receipts')).toBeVisible();

  await page.keyboard.press('Control+s');
  await window.expectSaved();
  expect(await folder.read(ordersFile)).toContain('"id": "payments", "name": "receipts"');

  for (let step = 0; step < 10 && (await window.undo().isEnabled()); step += 1) {
    await page.keyboard.press('Control+z');
  }
  await expect(canvas.topic('payments')).toBeVisible();
  await page.keyboard.press('Control+Shift+Z');
  await expect(window.undo()).toBeEnabled();
});

test('every node and panel can be reached with Tab', async ({ start, folder }) => {
  await folder.write('fittings.millstream.json', fittingsDesign());
  const { page, canvas } = await start('fittings.millstream.json');
  await page.evaluate(() => {
    const seen = new Set<string>();
    document.addEventListener('focusin', ({ target }) => {
      for (let each = target instanceof Element ? target : null; each !== null; each = each.parentElement) {
        seen.add(each.getAttribute('aria-label') ?? '');
      }
    });
    Object.assign(globalThis, { seen });
  });
  const wanted = [
    'Activities',
    'Design',
    'Topic words',
    'Service counter',
    'Filter Only long ones',
    'Properties',
    'Status',
  ];
  const missing = () =>
    page.evaluate((names) => {
      const { seen } = globalThis as unknown as { seen: Set<string> };
      return names.filter((name) => !seen.has(name));
    }, wanted);
  for (let turn = 0; turn < 10 && (await missing()).length > 0; turn += 1) {
    for (let step = 0; step < 10; step += 1) await page.keyboard.press('Tab');
  }
  expect(await missing()).toEqual([]);

  await canvas.topic('words').focus();
  await page.keyboard.press('Space');
  await expect(canvas.topic('words')).toHaveClass(/selected/);
  await page.keyboard.press('Escape');
  await expect(canvas.selected()).toHaveCount(0);
});

test('the command palette runs what it lists', async ({ start }) => {
  const window = await start(ordersFile);
  const { page, canvas } = window;
  await window.command('Use light colours');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await window.command('Show or fold the bottom panel');
  await expect(window.bottomPanel).toBeVisible();
  await window.command('Add a topic');
  await expect(canvas.nameField()).toBeFocused();
  await page.keyboard.type('made-by-keys');
  await page.keyboard.press('Enter');
  await expect(canvas.topic('made-by-keys')).toBeVisible();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('no such command at all');
  await expect(page.getByText('No command has these words.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByPlaceholder('Type a command')).toBeHidden();
});

test('keys typed into a field stay in the field', async ({ start }) => {
  const window = await start(ordersFile);
  await window.find('payments');
  await window.field('Note').fill('one two');
  await window.field('Note').press('Backspace');
  await window.field('Note').press('Delete');
  await window.field('Note').press('Control+a');
  await expect(window.canvas.selected()).toHaveCount(1);
  await expect(window.canvas.topic('payments')).toBeVisible();
  await expect(window.field('Note')).toHaveValue('one tw');
});

async function isFocused(locator: Locator): Promise<boolean> {
  return locator.evaluate((element) => element === document.activeElement);
}
