import { ordersFile } from '../fixtures/design-folder.ts';
import { expect, test } from '../fixtures/test.ts';
import { SandboxView } from '../pages/sandbox-view.ts';

test('figures show on topics, services and lines as records flow', async ({ start }) => {
  const window = await start(ordersFile, '--sandbox');
  const { canvas, status } = window;
  await expect(status).toContainText('sandbox');
  await expect(canvas.topic('orders')).toContainText(/\d(\.\d)?\/s/, { timeout: 20_000 });
  await expect(canvas.topic('order-validations')).toContainText(/\d(\.\d)?\/s/);
  // From afar only what is news is told; near by, also that all is well.
  await window.find('Order details');
  await expect(canvas.service('Order details')).toContainText(/caught up|behind/);
  await expect(canvas.surface.locator('.react-flow__edgelabel-renderer')).toContainText(/\d\/s/);
});

test('the records of a topic are followed and filtered', async ({ start }) => {
  const window = await start(ordersFile, '--sandbox');
  await window.find('orders');
  await window.command('Follow the records of the selected topic');
  const records = await window.showPanel('Records');
  const rows = records.getByRole('list', { name: 'Records' }).getByRole('listitem');
  await expect(rows.filter({ hasText: '"CREATED"' })).not.toHaveCount(0);
  await expect(rows.filter({ hasText: '"VALIDATED"' })).not.toHaveCount(0);

  const filter = records.getByLabel('Filter records');
  await filter.fill('value.state ==');
  await expect(filter).toHaveAttribute('aria-invalid', 'true');
  await filter.fill('value.state == "FAILED"');
  await filter.press('Enter');
  await expect(rows.filter({ hasText: '"FAILED"' })).not.toHaveCount(0);
  await expect(rows.filter({ hasText: '"CREATED"' })).toHaveCount(0);

  await rows.first().getByRole('button').first().click();
  const detail = records.getByRole('region', { name: /^Details of record/ });
  await expect(detail).toContainText('"state": "FAILED"');
  await records.getByRole('button', { name: 'Pause' }).click();
  await expect(records.getByRole('button', { name: 'Resume' })).toBeVisible();
});

test('the content of a store is read', async ({ start }) => {
  const window = await start(ordersFile, '--sandbox');
  await expect(window.canvas.topic('orders')).toContainText('/s', { timeout: 20_000 });
  const stores = await window.showPanel('Stores');
  await stores.getByLabel('Store', { exact: true }).selectOption({ label: 'Inventory: reservedStock' });
  const entries = stores.getByRole('grid', { name: 'Store entries' });
  await expect(entries.getByRole('row').filter({ hasText: 'JUMPERS' })).toContainText('reservedUnits');
  await expect(entries.getByRole('row')).toHaveCount(4);
  await stores.getByLabel('Filter entries').fill('STOCKINGS');
  await expect(entries.getByRole('row')).toHaveCount(2);
  await stores.getByLabel('Store', { exact: true }).selectOption({ label: 'Fraud: spendPerCustomer' });
  await stores.getByLabel('Filter entries').fill('customer-');
  await expect(entries.getByRole('row').nth(1)).toContainText('totalCents');
  await expect(entries.getByRole('row').nth(1)).toContainText('–');
});

test('a crashed instance falls behind, and catches up when it is started again', async ({ start }) => {
  const window = await start(ordersFile, '--sandbox');
  const { canvas } = window;
  await window.find('Fraud');
  await expect(canvas.service('Fraud')).toContainText('caught up', { timeout: 20_000 });
  await window.goTo('Sandbox');
  const sandbox = new SandboxView(window.page);
  const fraud = sandbox.instance('fraud-service#1');
  await expect(fraud).toContainText('running');
  await fraud.getByRole('button', { name: 'Crash instance #1' }).click();
  await expect(fraud).toContainText('crashed');
  await expect(canvas.service('Fraud')).toContainText(/no members|behind/);

  // The service that is selected is the group that is shown; its list is one step back.
  const inspect = await window.goTo('Inspect');
  await inspect.getByRole('button', { name: 'Back to groups' }).click();
  const group = inspect.getByRole('option').filter({ hasText: 'fraud-service' });
  await expect(group).toContainText(/lag [1-9]\d* record/);
  await expect(group).toContainText('no members');

  await window.goTo('Sandbox');
  await fraud.getByRole('button', { name: 'Restart instance #1' }).click();
  await expect(fraud).toContainText('running');
  await expect(canvas.service('Fraud')).toContainText('caught up', { timeout: 20_000 });
});

test('an order that is sent is decided, and can be read back', async ({ start }) => {
  const window = await start(ordersFile, '--sandbox');
  await window.goTo('Sandbox');
  const sandbox = new SandboxView(window.page);
  await sandbox.choose('POST /orders');
  const body = sandbox.panel.getByLabel('Body');
  await body.fill('{ "id": ');
  await expect(sandbox.panel.getByText('The body is not JSON')).toBeVisible();
  await expect(sandbox.panel.getByRole('button', { name: 'Send', exact: true })).toBeDisabled();
  await body.fill('{"id": "my-order", "customerId": "customer-1", "product": "JUMPERS"}');
  await expect(await sandbox.send()).toContainText('400 Bad request');

  const order = { id: 'my-order', customerId: 'me', product: 'JUMPERS', quantity: 1, priceCents: 1_000 };
  await body.fill(JSON.stringify(order));
  await expect(await sandbox.send()).toContainText('201 Created');
  await sandbox.choose('GET /orders/{id}/validated');
  await sandbox.panel.getByLabel('id', { exact: true }).fill('my-order');
  const answer = await sandbox.send();
  await expect(answer).toContainText('200 OK');
  await expect(answer).toContainText('"state": "VALIDATED"');
  await sandbox.choose('GET /orders/{id}');
  await sandbox.panel.getByLabel('id', { exact: true }).fill('nobody-ordered-this');
  await expect(await sandbox.send()).toContainText('404 Not found');
});

test('time stands still when paused, and goes on by as much as one says', async ({ start }) => {
  const window = await start(ordersFile, '--sandbox');
  await window.goTo('Sandbox');
  const sandbox = new SandboxView(window.page);
  await sandbox.clock.getByRole('button', { name: 'Pause' }).click();
  await expect(sandbox.clock).toContainText('paused');
  const orders = sandbox.panel.getByRole('listitem', { name: 'Orders from the shop' });
  const [time, sent] = [await sandbox.now(), await orders.textContent()];
  await sandbox.clock.getByRole('button', { name: 'Advance 10 seconds' }).click();
  await expect.poll(() => sandbox.now()).toBe((time + 10) % 86_400);
  await expect(orders).not.toHaveText(sent ?? '');
  await expect(sandbox.clock).toContainText('paused');
  await sandbox.clock.getByRole('button', { name: 'Resume' }).click();
  await expect(sandbox.clock).toContainText('running');
  await expect.poll(() => sandbox.now()).toBeGreaterThan(time + 10);
});

test('a design that cannot run says why, and runs once it is mended', async ({ start, folder }) => {
  const broken = (await folder.read(ordersFile)).replace('value.quantity > 0 &&', 'value.nothing > 0 &&');
  await folder.write(ordersFile, broken);
  const window = await start(ordersFile);
  const panel = await window.goTo('Sandbox');
  await panel.getByRole('button', { name: 'Start the sandbox' }).click();
  await expect(panel.getByRole('alert')).toContainText('The sandbox does not run');
  await expect(panel.getByRole('alert')).toContainText('Verdict');
});

test('what is changed while it runs is said, and runs after a restart', async ({ start }) => {
  const window = await start(ordersFile, '--sandbox');
  const panel = await window.goTo('Sandbox');
  await expect(panel.getByRole('list', { name: 'Instances of Fraud' })).toBeVisible();
  await window.find('payments');
  await window.set('Partitions', '2');
  await expect(panel.getByText('The design has changed since the start.')).toBeVisible();
  await panel.getByRole('button', { name: 'Restart', exact: true }).click();
  await expect(panel.getByText('The design has changed since the start.')).toBeHidden();
  const inspect = await window.goTo('Inspect');
  await expect(inspect.getByRole('table', { name: /artitions/ }).getByRole('row')).toHaveCount(3);
});
