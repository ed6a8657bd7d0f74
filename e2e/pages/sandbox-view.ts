import type { Locator, Page } from '@playwright/test';

/** The controls of the simulated cluster, in the side panel. */
export class SandboxView {
  readonly panel: Locator;
  readonly clock: Locator;

  constructor(page: Page) {
    this.panel = page.getByRole('complementary', { name: 'Sandbox', exact: true });
    this.clock = this.panel.getByRole('region', { name: 'Virtual time' });
  }

  /** An instance of a service, such as `fraud-service#1`. */
  instance(id: string): Locator {
    return this.panel.getByRole('listitem', { name: id, exact: true });
  }

  /** The virtual time of day, in seconds. */
  async now(): Promise<number> {
    const text = (await this.clock.locator('time').textContent()) ?? '';
    const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number);
    return hours * 3_600 + minutes * 60 + seconds;
  }

  async choose(request: string): Promise<void> {
    await this.panel.getByLabel('HTTP operator').selectOption({ label: request });
  }

  async send(): Promise<Locator> {
    await this.panel.getByRole('button', { name: 'Send', exact: true }).click();
    return this.panel.getByRole('status', { name: 'Answer' });
  }
}
