import { ordersFile } from '../fixtures/design-folder.ts';
import { expect, test } from '../fixtures/test.ts';

test.describe('for those who asked for less motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('nothing moves by itself while records flow', async ({ start }) => {
    const { page, canvas } = await start(ordersFile, '--sandbox');
    await expect(canvas.topic('orders')).toContainText('/s', { timeout: 20_000 });
    const moving = await page.evaluate(() =>
      document
        .getAnimations()
        .filter(
          ({ playState, effect }) =>
            playState === 'running' && (effect?.getComputedTiming().endTime ?? 0) !== 0,
        )
        .map(({ effect }) =>
          effect instanceof KeyframeEffect ? effect.target?.outerHTML.slice(0, 120) : '',
        ),
    );
    expect(moving).toEqual([]);
  });

  test('the drawing jumps to what one looks for', async ({ start }) => {
    const window = await start(ordersFile);
    await window.page.evaluate(() => {
      const viewport = document.querySelector<HTMLElement>('.react-flow__viewport');
      const steps = new Set<string>();
      if (viewport === null) throw new Error('There is no drawing.');
      new MutationObserver(() => steps.add(viewport.style.transform)).observe(viewport, { attributes: true });
      Object.assign(globalThis, { steps });
    });
    await window.find('payments');
    await expect(window.canvas.topic('payments')).toHaveClass(/selected/);
    await window.page.waitForTimeout(400);
    const steps = await window.page.evaluate(
      () => (globalThis as unknown as { steps: Set<string> }).steps.size,
    );
    expect(steps).toBe(1);
  });
});

test('others see the drawing move there', async ({ start }) => {
  const { page, canvas } = await start(ordersFile, '--sandbox');
  await expect(canvas.topic('orders')).toContainText('/s', { timeout: 20_000 });
  await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBeGreaterThan(0);
});
