import { ordersFile } from '../fixtures/design-folder.ts';
import { fittingsDesign } from '../fixtures/sample-designs.ts';
import { expect, test } from '../fixtures/test.ts';

const fittings = 'fittings.millstream.json';

test.describe('a line that does not fit', () => {
  const refusals = [
    [
      'Count words',
      'out',
      'Only long ones',
      'in',
      'This gives a table; here goes a stream. Put To stream between.',
    ],
    [
      'Read words',
      'out',
      'Read elsewhere',
      'in',
      'Services meet in topics only: write to a topic that the other one reads.',
    ],
    ['Read words', 'out', 'Count words', 'in', 'These two are connected already.'],
    ['Only long ones', 'out', 'Count words', 'in', 'This input has its wire already.'],
  ] as const;
  for (const [from, out, to, input, words] of refusals) {
    test(`from ${from} to ${to} says why`, async ({ start, folder }) => {
      await folder.write(fittings, fittingsDesign());
      const { canvas, notices, ...window } = await start(fittings);
      const before = await canvas.lines().count();
      await canvas.startLine(
        canvas.port(canvas.operator(from), out),
        canvas.port(canvas.operator(to), input),
      );
      await expect(canvas.verdict()).toContainText(words);
      await window.page.mouse.up();
      await expect(notices).toContainText(words);
      await expect(canvas.lines()).toHaveCount(before);
      await expect(window.toolbar.getByRole('button', { name: 'Undo' })).toBeDisabled();
    });
  }

  test('is drawn by what fits, and the words say what it will do', async ({ start, folder }) => {
    await folder.write(fittings, fittingsDesign());
    const { canvas, page } = await start(fittings);
    const before = await canvas.lines().count();
    const from = canvas.port(canvas.operator('Read words'), 'out');
    await canvas.startLine(from, canvas.port(canvas.operator('Only long ones'), 'in'));
    await expect(canvas.verdict()).toContainText('Read words into Only long ones');
    await page.mouse.up();
    await expect(canvas.lines()).toHaveCount(before + 1);
  });
});

test.describe('a file that is no design', () => {
  const broken = [
    ['is not JSON', '{ "format": "millstream-design",\n  "version": 1,,\n}', /^Line 2, column \d+: /],
    ['has a field that is wrong', withPartitions('"four"'), /^topics\[0\]\.partitions: /],
    ['was made by a newer Millstream', withVersion(99), /version 99/],
  ] as const;
  for (const [what, text, problem] of broken) {
    test(`${what}: the sentence, and nothing is lost`, async ({ start, folder }) => {
      await folder.write('broken.millstream.json', text);
      const window = await start();
      await window.openListed('broken');
      const { page } = window;
      await expect(
        page.getByRole('heading', { name: 'This file cannot be opened as a design' }),
      ).toBeVisible();
      await expect(page.getByRole('list', { name: 'Problems of the file' })).toHaveText(problem);
      await expect(page.getByLabel('Text of the file')).toHaveValue(text);

      await page.getByLabel('Text of the file').fill(fittingsDesign());
      await page.getByRole('button', { name: 'Read the text again' }).click();
      await expect(window.canvas.operator('Only long ones')).toBeVisible();
      expect(await folder.read('broken.millstream.json')).toBe(text);
      await window.save();
      expect(await folder.read('broken.millstream.json')).toBe(fittingsDesign());
    });
  }

  test('mended wrongly, it keeps what was typed', async ({ start, folder }) => {
    await folder.write('broken.millstream.json', '{');
    const window = await start();
    await window.openListed('broken');
    const text = window.page.getByLabel('Text of the file');
    await text.fill('{ "still": "wrong" }');
    await window.page.getByRole('button', { name: 'Read the text again' }).click();
    await expect(window.page.getByRole('list', { name: 'Problems of the file' })).not.toContainText('Line 1');
    await expect(text).toHaveValue('{ "still": "wrong" }');
    await window.page.getByRole('button', { name: 'Close' }).click();
    await expect(window.newDesign).toBeVisible();
    expect(await folder.read('broken.millstream.json')).toBe('{');
  });
});

test.describe('a file that another program changes', () => {
  const theirs = fittingsDesign();

  test('is read again when nothing was changed here', async ({ start, folder }) => {
    const window = await start(ordersFile);
    await folder.write(ordersFile, theirs);
    await expect(window.canvas.operator('Only long ones')).toBeVisible();
    await expect(window.notices).toContainText('read again');
    await window.expectSaved();
  });

  test('is not overwritten unless one says so', async ({ start, folder }) => {
    const window = await start(ordersFile);
    await window.find('payments');
    await window.set('Partitions', '8');
    await folder.write(ordersFile, theirs);
    await expect(window.dialog).toContainText('The file was changed by another program');
    await window.dialog.getByRole('button', { name: 'Decide later' }).click();
    await window.page.keyboard.press('Control+s');
    await expect(window.dialog).toContainText('The file was changed by another program');
    expect(await folder.read(ordersFile)).toBe(theirs);
    await window.dialog.getByRole('button', { name: 'Overwrite' }).click();
    await window.expectSaved();
    expect(await folder.read(ordersFile)).toContain('"partitions": 8');
  });

  test('can be taken instead of what was changed here', async ({ start, folder }) => {
    const window = await start(ordersFile);
    await window.find('payments');
    await window.set('Partitions', '8');
    await folder.write(ordersFile, theirs);
    await window.dialog.getByRole('button', { name: 'Read it again' }).click();
    await expect(window.canvas.topic('payments')).toHaveCount(0);
    await window.find('Only long ones');
    await expect(window.canvas.operator('Only long ones')).toBeVisible();
    await window.expectSaved();
    expect(await folder.read(ordersFile)).toBe(theirs);
  });
});

test.describe('work that was never saved', () => {
  test('is there again after the page and its host were killed', async ({
    startHost,
    openWindow,
    context,
    folder,
    faults,
  }) => {
    // The page says on its console that its host has gone.
    faults.expect(/WebSocket/);
    const host = await startHost(ordersFile);
    const before = await folder.read(ordersFile);
    const window = await openWindow(host);
    await expect(window.canvas.surface).toBeVisible();
    await window.find('payments');
    await window.set('Partitions', '9');
    await expect.poll(() => folder.drafts()).toEqual([expect.stringContaining('\\"partitions\\": 9')]);
    await host.kill();
    await window.page.close();

    const again = await openWindow(await startHost(ordersFile), await context.newPage());
    await expect(again.dialog).toContainText('Take back unsaved changes?');
    await again.dialog.getByRole('button', { name: 'Take them back' }).click();
    await again.find('payments');
    await expect(again.field('Partitions')).toHaveValue('9');
    await expect(again.status).toContainText('Not saved');
    expect(await folder.read(ordersFile)).toBe(before);
    await again.save();
    expect(await folder.read(ordersFile)).toContain('"partitions": 9');
    await expect.poll(() => folder.drafts()).toEqual([]);
  });

  test('can be dropped', async ({ start, folder, context }) => {
    const window = await start(ordersFile);
    await window.find('payments');
    await window.set('Partitions', '9');
    await expect.poll(() => folder.drafts()).toHaveLength(1);
    await window.page.close();

    const page = await context.newPage();
    await page.goto(new URL('/', window.page.url()).href);
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Drop them' }).click();
    await expect(page.getByLabel('Status', { exact: true })).toContainText('Saved');
    await expect.poll(() => folder.drafts()).toEqual([]);
  });

  test('of a design that never had a file is kept as well', async ({ start, folder, context }) => {
    const window = await start();
    await window.startNew('Fresh');
    await window.page.getByRole('button', { name: 'Add a topic' }).click();
    await window.canvas.nameIt('first-words');
    await expect.poll(() => folder.drafts()).toEqual([expect.stringContaining('first-words')]);
    await window.page.close();

    const page = await context.newPage();
    await page.goto(new URL('/', window.page.url()).href);
    await page.getByRole('button', { name: 'Open fresh' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take them back' }).click();
    await expect(page.getByLabel('Topic first-words', { exact: true })).toBeVisible();
  });

  test('is asked about before the design is closed', async ({ start, folder }) => {
    const window = await start(ordersFile);
    const before = await folder.read(ordersFile);
    await window.find('payments');
    await window.set('Partitions', '9');
    await window.command('Close design');
    await window.dialog.getByRole('button', { name: 'Keep editing' }).click();
    await expect(window.canvas.surface).toBeVisible();
    await window.command('Close design');
    await window.dialog.getByRole('button', { name: 'Close without saving' }).click();
    await expect(window.newDesign).toBeVisible();
    expect(await folder.read(ordersFile)).toBe(before);
    await window.openListed('orders');
    await expect(window.canvas.surface).toBeVisible();
    await window.expectSaved();
    await expect(window.dialog).toHaveCount(0);
  });
});

test('a new design does not replace a file that is there', async ({ start, folder }) => {
  const before = await folder.read(ordersFile);
  const window = await start();
  await window.startNew('Orders');
  await window.page.getByRole('button', { name: 'Add a topic' }).click();
  await window.canvas.nameIt('mine');
  await window.page.keyboard.press('Control+s');
  await expect(window.dialog).toBeVisible();
  expect(await folder.read(ordersFile)).toBe(before);
});

function withPartitions(partitions: string): string {
  return fittingsDesign().replace('"partitions": 1', `"partitions": ${partitions}`);
}

function withVersion(version: number): string {
  return fittingsDesign().replace('"version": 1', `"version": ${version}`);
}
