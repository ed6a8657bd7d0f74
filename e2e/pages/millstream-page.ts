import { expect, type Locator, type Page } from '@playwright/test';
import { CanvasView } from './canvas-view.ts';
import { PaletteView } from './palette-view.ts';

/** The window: what is around the drawing, and the ways to its parts. */
export class MillstreamPage {
  readonly page: Page;
  readonly canvas: CanvasView;
  readonly palette: PaletteView;
  /** What is selected, as forms. */
  readonly properties: Locator;
  readonly bottomPanel: Locator;
  readonly status: Locator;
  readonly toolbar: Locator;
  readonly notices: Locator;
  readonly dialog: Locator;
  /** The first button of the first screen. */
  readonly newDesign: Locator;

  constructor(page: Page) {
    this.page = page;
    this.canvas = new CanvasView(page);
    this.palette = new PaletteView(page);
    this.properties = page.getByRole('complementary', { name: 'Properties', exact: true });
    this.bottomPanel = page.getByRole('region', { name: 'Bottom panel', exact: true });
    this.status = page.getByLabel('Status', { exact: true });
    this.toolbar = page.getByRole('toolbar', { name: 'Design', exact: true });
    this.notices = page.getByLabel('Notices', { exact: true });
    this.dialog = page.getByRole('dialog');
    this.newDesign = page.getByRole('button', { name: 'New design' });
  }

  /** Starts a design from the first screen. */
  async startNew(name: string): Promise<void> {
    await this.newDesign.click();
    await this.dialog.getByLabel('Name', { exact: true }).fill(name);
    await this.dialog.getByRole('button', { name: 'Start drawing' }).click();
    await expect(this.canvas.surface).toBeVisible();
  }

  /** Opens a design of the list on the first screen. */
  async openListed(name: string): Promise<void> {
    await this.page.getByRole('button', { name: new RegExp(`^Open ${name}\\b`) }).click();
  }

  /** The side panel of an activity; opened when it is not. */
  async goTo(activity: string): Promise<Locator> {
    const button = this.page
      .getByRole('navigation', { name: 'Activities' })
      .getByRole('button', { name: activity, exact: true });
    if ((await button.getAttribute('aria-pressed')) !== 'true') await button.click();
    return this.page.getByRole('complementary', { name: activity, exact: true });
  }

  /** A panel below the drawing, by the title of its tab. */
  async showPanel(title: string): Promise<Locator> {
    const tab = this.bottomPanel.getByRole('tab', { name: title });
    if ((await tab.count()) === 0) await this.page.keyboard.press('Control+j');
    await tab.click();
    return this.bottomPanel.getByRole('tabpanel');
  }

  /** Everything that the rules have found, as it stands in the list. */
  async problems(): Promise<Locator> {
    return (await this.showPanel('Problems')).getByRole('listitem');
  }

  /** Brings the properties back where a narrow window has folded them. */
  async showProperties(): Promise<void> {
    const toggle = this.toolbar.getByRole('button', { name: 'Properties panel' });
    if ((await toggle.getAttribute('aria-pressed')) !== 'true') await toggle.click();
    await expect(this.properties).toBeVisible();
  }

  /** A field of what is selected, by its label. */
  field(label: string): Locator {
    return this.properties.getByLabel(label, { exact: true });
  }

  /** Types into a field of what is selected, and leaves it. */
  async set(label: string, text: string): Promise<void> {
    await this.field(label).fill(text);
    await this.field(label).press('Tab');
  }

  async save(): Promise<void> {
    await this.toolbar.getByRole('button', { name: 'Save changes' }).click();
    await this.expectSaved();
  }

  async expectSaved(): Promise<void> {
    await expect(this.toolbar.getByRole('button', { name: 'All changes are saved' })).toBeVisible();
    await expect(this.status).toContainText('Saved');
  }

  undo(): Locator {
    return this.toolbar.getByRole('button', { name: 'Undo' });
  }

  redo(): Locator {
    return this.toolbar.getByRole('button', { name: 'Redo' });
  }

  /** Runs a command by typing it, from the keyboard only. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press('Control+k');
    const field = this.page.getByPlaceholder('Type a command');
    await expect(field).toBeFocused();
    await this.page.keyboard.type(title);
    await expect(this.page.getByRole('option', { name: title }).first()).toHaveAttribute(
      'aria-selected',
      'true',
    );
    await this.page.keyboard.press('Enter');
    await expect(field).toBeHidden();
  }

  /** Brings something of the design into view by its name. */
  async find(name: string): Promise<void> {
    await this.page.keyboard.press('Control+p');
    const field = this.page.getByPlaceholder('Topic, service, operator, schema …');
    await expect(field).toBeFocused();
    await this.page.keyboard.type(name);
    await this.page.keyboard.press('Enter');
    await expect(field).toBeHidden();
  }
}
