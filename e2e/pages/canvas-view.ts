import { expect, type Locator, type Page } from '@playwright/test';

interface Place {
  readonly x: number;
  readonly y: number;
}

/** The drawing. Things on it are named as a person names them: by what they are and what they are called. */
export class CanvasView {
  readonly #page: Page;
  readonly surface: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.surface = page.getByLabel('Drawing', { exact: true });
  }

  topic(name: string): Locator {
    return this.#node(`Topic ${name}`);
  }

  service(name: string): Locator {
    return this.#node(`Service ${name}`);
  }

  external(name: string): Locator {
    return this.#node(`External system ${name}`);
  }

  /** By its own name; what it is stands before that. */
  operator(name: string): Locator {
    const label = new RegExp(`(^|\\s)${RegExp.escape(name)}$`);
    return this.surface.locator('.react-flow__node-operator').and(this.#page.getByLabel(label));
  }

  /** Everything that is drawn and in sight. */
  nodes(): Locator {
    return this.surface.locator('.react-flow__node');
  }

  lines(): Locator {
    return this.surface.locator('.react-flow__edge');
  }

  selected(): Locator {
    return this.surface.locator('.react-flow__node.selected');
  }

  /** The field in which a name is being typed. */
  nameField(): Locator {
    return this.surface.getByLabel('Name', { exact: true });
  }

  /** What a line that is being drawn would do where the pointer is, or why it may not. */
  verdict(): Locator {
    return this.surface.getByRole('status');
  }

  /** An end of a thing that lines are drawn from or to, by its words; the n-th where several have the same. */
  port(node: Locator, words: string): Locator {
    return node.getByTitle(words, { exact: true });
  }

  async nameIt(name: string): Promise<void> {
    await expect(this.nameField()).toBeFocused();
    await this.nameField().fill(name);
    await this.nameField().press('Enter');
  }

  /** Selects by pressing on the name, as on the title of a window. */
  async select(node: Locator): Promise<void> {
    await node.click({ position: { x: 40, y: 14 } });
    await expect(node).toHaveClass(/selected/);
  }

  async drawLine(from: Locator, to: Locator): Promise<void> {
    await this.startLine(from, to);
    await this.#page.mouse.up();
  }

  /** Draws a line and holds it over its end. */
  async startLine(from: Locator, to: Locator): Promise<void> {
    const [start, end] = [await middleOf(from), await middleOf(to)];
    await this.#page.mouse.move(start.x, start.y);
    await this.#page.mouse.down();
    await this.#page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 6 });
    await this.#page.mouse.move(end.x, end.y, { steps: 6 });
  }

  /** Moves a thing by its title. */
  async drag(node: Locator, by: Place): Promise<void> {
    const box = await boxOf(node);
    const start = { x: box.x + 60, y: box.y + 14 };
    await this.#page.mouse.move(start.x, start.y);
    await this.#page.mouse.down();
    await this.#page.mouse.move(start.x + by.x / 2, start.y + by.y / 2, { steps: 4 });
    await this.#page.mouse.move(start.x + by.x, start.y + by.y, { steps: 4 });
    await this.#page.mouse.up();
  }

  /** A point of the drawing in the window, from its top left corner. */
  async pointAt(place: Place): Promise<Place> {
    const box = await boxOf(this.surface);
    return { x: box.x + place.x, y: box.y + place.y };
  }

  async pan(by: Place): Promise<void> {
    const box = await boxOf(this.surface);
    await this.#page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await this.#page.mouse.wheel(by.x, by.y);
  }

  #node(label: string): Locator {
    return this.surface.locator('.react-flow__node').and(this.#page.getByLabel(label, { exact: true }));
  }
}

export async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (box === null) throw new Error(`${locator} is not in sight.`);
  return box;
}

async function middleOf(locator: Locator): Promise<Place> {
  const { x, y, width, height } = await boxOf(locator);
  return { x: x + width / 2, y: y + height / 2 };
}
