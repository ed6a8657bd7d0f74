import type { Locator, Page } from '@playwright/test';
import { boxOf } from './canvas-view.ts';

/** What can be drawn, at the side of the drawing. */
export class PaletteView {
  readonly #page: Page;
  readonly panel: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.panel = page.getByRole('complementary', { name: 'Design', exact: true });
  }

  entry(title: string): Locator {
    return this.panel.getByRole('button', { name: title, exact: true });
  }

  search(): Locator {
    return this.panel.getByRole('searchbox', { name: 'Find in the palette' });
  }

  /** Drags an entry to a point of the window, by hand. */
  async drag(title: string, to: { readonly x: number; readonly y: number }): Promise<void> {
    const entry = this.entry(title);
    await entry.scrollIntoViewIfNeeded();
    const box = await boxOf(entry);
    await this.#page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await this.#page.mouse.down();
    await this.#page.mouse.move(to.x - 20, to.y - 20, { steps: 5 });
    await this.#page.mouse.move(to.x, to.y, { steps: 3 });
    await this.#page.mouse.up();
  }
}
