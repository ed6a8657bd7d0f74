import { largeDesign } from '../fixtures/sample-designs.ts';
import { expect, test } from '../fixtures/test.ts';

const file = 'large.millstream.json';

test('a design of a thousand operators opens, pans, zooms and is found in', async ({ start, folder }) => {
  test.setTimeout(120_000);
  await folder.write(file, largeDesign(1_000));
  const window = await start();
  const { page, canvas } = window;
  await window.openListed('large');
  await expect(canvas.nodes().first()).toBeVisible({ timeout: 60_000 });
  await expect(window.status).toContainText('Saved');

  const transform = () => canvas.surface.locator('.react-flow__viewport').getAttribute('style');
  const before = await transform();
  await canvas.pan({ x: 300, y: 200 });
  await expect.poll(transform).not.toBe(before);
  await expect(canvas.nodes().first()).toBeVisible();

  await window.find('Keep 57.3');
  await expect(canvas.operator('Keep 57.3')).toBeVisible();
  await expect(canvas.operator('Keep 57.3')).toHaveClass(/selected/);
  await window.set('Keep when', 'value != ""');
  await expect(canvas.operator('Keep 57.3')).toContainText('value != ""');
  // Of all the operators only those in sight are in the page.
  expect(await canvas.nodes().count()).toBeLessThan(300);

  await window.command('Fit the drawing');
  await expect.poll(() => canvas.nodes().count()).toBeGreaterThan(100);
  await page.keyboard.press('Control+s');
  await window.expectSaved();
  expect(await folder.read(file)).toContain('value != \\"\\"');
});
