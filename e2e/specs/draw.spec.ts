import type { Design } from '#shared/design/design.ts';
import { parseDesign } from '#shared/design/parse-design.ts';
import { runMillstream } from '../fixtures/command-line.ts';
import { expect, test } from '../fixtures/test.ts';
import { boxOf } from '../pages/canvas-view.ts';
import type { MillstreamPage } from '../pages/millstream-page.ts';

const file = 'shop.millstream.json';

test('a service between two topics is drawn by hand, saved, opened again and generated', async ({
  start,
  folder,
}) => {
  const window = await start();
  await window.startNew('Shop');
  await drawShop(window);
  await setProperties(window);
  await window.save();

  const saved = await folder.read(file);
  const design = parse(saved);
  expect(summaryOf(design)).toEqual({
    topics: ['clicks 6', 'clean-clicks 4'],
    services: ['Cleaner exactly_once'],
    operators: ['stream clicks', 'filter Only ours', 'sink clean-clicks'],
    wires: ['clicks → Only ours', 'Only ours → clean-clicks'],
  });

  await window.page.reload();
  await expect(
    window.canvas.surface.or(window.page.getByRole('button', { name: 'New design' })),
  ).toBeVisible();
  if (await window.page.getByRole('button', { name: 'Open shop' }).isVisible())
    await window.openListed('shop');
  await expect(window.canvas.operator('Only ours')).toContainText('value.startsWith("ours-")');
  await expect(window.canvas.topic('clicks')).toBeVisible();
  await expect(window.canvas.lines()).toHaveCount(4);
  await window.expectSaved();
  expect(await folder.read(file)).toBe(saved);

  const check = await runMillstream(['check', folder.at(file), '--json'], folder.path);
  expect([check.code, check.stderr]).toEqual([1, '']);
  await generateInto(window, folder.at('made'));
  expect(await folder.list('made/services')).toEqual(['cleaner']);
  expect(await folder.read('made/services/cleaner/src/generated/topology.ts')).toContain(
    "startsWith('ours-')",
  );
});

test('what is dropped lands where it is dropped', async ({ start }) => {
  const { canvas, palette, startNew } = bound(await start());
  await startNew('Places');
  for (const [index, place] of [
    { x: 120, y: 160 },
    { x: 420, y: 400 },
  ].entries()) {
    const point = await canvas.pointAt(place);
    await palette.drag('Topic', point);
    await canvas.nameIt(`topic-${index}`);
    const box = await boxOf(canvas.topic(`topic-${index}`));
    expect(Math.abs(box.x + box.width / 2 - point.x)).toBeLessThan(box.width);
    expect(Math.abs(box.y + box.height / 2 - point.y)).toBeLessThan(box.height);
  }
});

test('problems come and go with what is drawn', async ({ start }) => {
  const window = await start();
  await window.startNew('Shop');
  await drawShop(window);
  const problems = await window.problems();
  await window.canvas.select(window.canvas.operator('Only ours'));

  await window.set('Keep when', 'value.nothing == 1');
  const wrong = problems.filter({ hasText: 'Only ours' }).filter({ hasText: 'Error' });
  await expect(wrong).not.toHaveCount(0);
  await expect(window.field('Keep when')).toHaveAttribute('aria-invalid', 'true');
  await expect(window.canvas.operator('Only ours').getByLabel('Has an error')).toBeVisible();

  await window.set('Keep when', 'value.startsWith("ours-")');
  await expect(wrong).toHaveCount(0);
  await expect(window.field('Keep when')).toHaveAttribute('aria-invalid', 'false');

  // Pressing a problem leads to where it is.
  await window.canvas.select(window.canvas.operator('Only ours'));
  await problems.filter({ hasText: 'clean-clicks' }).first().getByRole('button').first().click();
  await expect(window.field('Name')).toHaveValue('clean-clicks');
});

test('everything can be undone and done again', async ({ start, folder }) => {
  const window = await start();
  await window.startNew('Shop');
  await drawShop(window);
  await setProperties(window);
  await window.save();
  const drawn = await folder.read(file);

  let steps = 0;
  for (; await window.undo().isEnabled(); steps += 1) await window.undo().click();
  expect(steps).toBeGreaterThan(8);
  await expect(window.canvas.nodes()).toHaveCount(0);
  await expect(window.page.getByText('Start with an event')).toBeVisible();

  for (let step = 0; step < steps; step += 1) await window.redo().click();
  await expect(window.redo()).toBeDisabled();
  await expect(window.canvas.lines()).toHaveCount(4);
  // What the file holds is what is drawn again, so there is nothing to save.
  await window.expectSaved();

  await window.canvas.select(window.canvas.topic('clicks'));
  await window.set('Note', 'as before');
  await expect(window.undo()).toBeEnabled();
  await window.page.keyboard.press('Control+z');
  await window.expectSaved();
  expect(await folder.read(file)).toBe(drawn);
});

test('what is typed last is saved as well', async ({ start, folder }) => {
  const window = await start('orders.millstream.json');
  await window.find('payments');
  await window.field('Partitions').fill('1');
  await expect(window.toolbar.getByRole('button', { name: 'Save changes' })).toBeEnabled();
  // A quick hand: nothing waits between the last letter and the keys that save.
  const keys = [window.page.keyboard.type('2'), window.page.keyboard.press('Control+s')];
  await Promise.all(keys);
  const partitions = async () => {
    const { topics } = parse(await folder.read('orders.millstream.json'));
    return topics.find(({ name }) => name === 'payments')?.partitions;
  };
  await expect.poll(partitions).toBe(12);
  await window.expectSaved();
});

test('a saved design keeps its order, so that its file differs only where it was changed', async ({
  start,
  folder,
}) => {
  const before = (await folder.read('orders.millstream.json')).split('\n');
  const window = await start('orders.millstream.json');
  await window.find('payments');
  await window.set('Partitions', '8');
  await window.save();
  const after = (await folder.read('orders.millstream.json')).split('\n');
  const layout = after.findIndex((line) => line.includes('"layout"'));
  const changed = after.slice(0, layout).filter((line, index) => line !== before[index]);
  expect(changed).toEqual([expect.stringContaining('"partitions": 8')]);
});

async function drawShop({ canvas, palette }: MillstreamPage): Promise<void> {
  await palette.drag('Service', await canvas.pointAt({ x: 420, y: 200 }));
  await canvas.nameIt('Cleaner');
  await palette.drag('Topic', await canvas.pointAt({ x: 120, y: 160 }));
  await canvas.nameIt('clicks');
  await palette.drag('Topic', await canvas.pointAt({ x: 720, y: 160 }));
  await canvas.nameIt('clean-clicks');

  const service = canvas.service('Cleaner');
  await canvas.drawLine(
    canvas.port(canvas.topic('clicks'), 'read by'),
    canvas.port(service, 'reads, or is called'),
  );
  await expect(canvas.operator('clicks')).toBeVisible();
  const box = await boxOf(service);
  await palette.drag('Filter', { x: box.x + box.width / 2, y: box.y + box.height - 20 });
  await canvas.select(canvas.operator('Filter'));
  await canvas.operator('Filter').press('F2');
  await canvas.nameIt('Only ours');
  const filter = canvas.operator('Only ours');
  await canvas.drag(filter, { x: 0, y: 64 });
  await canvas.drawLine(canvas.port(canvas.operator('clicks'), 'out'), canvas.port(filter, 'in'));
  await canvas.drawLine(canvas.port(filter, 'out'), canvas.port(canvas.topic('clean-clicks'), 'written by'));
  await expect(canvas.operator('clean-clicks')).toBeVisible();
  await expect(canvas.lines()).toHaveCount(4);
}

/** Through the dialog: first what would change, then the files. */
async function generateInto(window: MillstreamPage, target: string): Promise<void> {
  const code = await window.showPanel('Code');
  await expect(code.getByRole('navigation', { name: 'Generated files' })).toContainText('README.md');
  await code.getByRole('button', { name: 'Generate …' }).click();
  await window.dialog.getByLabel('Folder').fill(target);
  await window.dialog.getByRole('button', { name: 'Show what changes' }).click();
  await expect(window.dialog.getByRole('list', { name: 'Files to write' })).toContainText('topology.ts');
  await window.dialog.getByRole('button', { name: /^Write \d+ files$/ }).click();
  await expect(window.dialog).toContainText('The code is written');
  await window.dialog.getByRole('button', { name: 'Close' }).click();
}

async function setProperties(window: MillstreamPage): Promise<void> {
  const { canvas } = window;
  await canvas.select(canvas.operator('Only ours'));
  await window.set('Keep when', 'value.startsWith("ours-")');
  await canvas.select(canvas.topic('clicks'));
  await window.set('Partitions', '6');
  await window.field('Role').selectOption('event');
  await expect(canvas.operator('Only ours')).toContainText('value.startsWith("ours-")');
}

function bound(window: MillstreamPage) {
  const { canvas, palette } = window;
  return { canvas, palette, startNew: (name: string) => window.startNew(name) };
}

function parse(text: string): Design {
  const parsed = parseDesign(text);
  if (!parsed.ok) throw new Error(`The file is no design: ${JSON.stringify(parsed.error)}`);
  return parsed.value;
}

/** A design as words, without ids and places. */
function summaryOf({ topics, services }: Design) {
  const names = new Map(services.flatMap(({ operators }) => operators.map(({ id, name }) => [id, name])));
  return {
    topics: topics.map(({ name, partitions }) => `${name} ${partitions}`),
    services: services.map(({ name, guarantee }) => `${name} ${guarantee}`),
    operators: services.flatMap(({ operators }) => operators.map(({ kind, name }) => `${kind} ${name}`)),
    wires: services.flatMap(({ wires }) =>
      wires.map(({ from, to }) => `${names.get(from.operator)} → ${names.get(to.operator)}`),
    ),
  };
}
