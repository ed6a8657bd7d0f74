import { ordersFile } from '../fixtures/design-folder.ts';
import { expect, test } from '../fixtures/test.ts';

test('topics are listed with their figures, and one is shown with its partitions', async ({ start }) => {
  const window = await start(ordersFile, '--sandbox');
  const inspect = await window.goTo('Inspect');
  const topics = inspect.getByRole('listbox', { name: 'Topics' });
  await expect(topics.getByRole('option').filter({ hasText: 'order-validations' })).toContainText(
    '4 partitions',
  );
  await expect(topics.getByRole('option').filter({ hasText: 'customers' })).toContainText('500 records');

  await inspect.getByLabel('Filter topics').fill('changelog');
  await expect(topics.getByRole('option').filter({ hasText: 'reservedStock' })).toBeVisible();
  await expect(topics.getByRole('option').filter({ hasText: 'customers' })).toHaveCount(0);
  await inspect.getByLabel('Filter topics').fill('');

  await topics.getByRole('option').filter({ hasText: 'customers' }).click();
  const partitions = inspect.getByRole('table', { name: /artitions/ });
  await expect(partitions.getByRole('row')).toHaveCount(5);
  await inspect.getByRole('button', { name: 'Follow its records' }).click();
  const records = await window.showPanel('Records');
  await expect(records.getByRole('listitem').first()).toContainText('customer-');
  await inspect.getByRole('button', { name: 'Back to topics' }).click();
  await expect(topics).toBeVisible();
});

test('groups are listed with their lag, and one is shown with its members', async ({ start }) => {
  const window = await start(ordersFile, '--sandbox');
  const inspect = await window.goTo('Inspect');
  await inspect.getByRole('tab', { name: 'Groups' }).click();
  const groups = inspect.getByRole('listbox', { name: 'Groups' });
  await expect(groups.getByRole('option')).toHaveCount(6);
  await expect(groups.getByRole('option').filter({ hasText: 'inventory-service' })).toContainText('1 member');
  await groups.getByRole('option').filter({ hasText: 'inventory-service' }).click();
  await expect(inspect).toContainText('stable');
  const lag = inspect.getByRole('table', { name: 'Lag by partition' });
  await expect(lag.getByRole('row').filter({ hasText: 'orders' })).not.toHaveCount(0);
  await expect(inspect.getByRole('list', { name: 'Members' })).toContainText('orders 0–3');
});

test('what is selected on the drawing is what is inspected', async ({ start }) => {
  const window = await start(ordersFile, '--sandbox');
  const inspect = await window.goTo('Inspect');
  await expect(inspect.getByRole('listbox', { name: 'Topics' })).toBeVisible();
  await window.find('payments');
  await expect(inspect.getByRole('button', { name: 'Back to topics' })).toBeVisible();
  await expect(inspect).toContainText('payments');
  await window.canvas.select(window.canvas.topic('payments'));
  await window.find('Fraud');
  await expect(inspect.getByRole('button', { name: 'Back to groups' })).toBeVisible();
  await expect(inspect).toContainText('fraud-service');
});

test('without a cluster it says what would be here, and starts one', async ({ start }) => {
  const window = await start(ordersFile);
  const inspect = await window.goTo('Inspect');
  await expect(inspect).toContainText('Nothing to inspect yet');
  await inspect.getByRole('button', { name: 'Start the sandbox' }).click();
  await expect(inspect.getByRole('listbox', { name: 'Topics' })).toBeVisible();
});

test('an address where no broker is says so in one sentence', async ({ start }) => {
  const window = await start(ordersFile);
  const panel = await window.goTo('Connections');
  const address = panel.getByLabel('Bootstrap address');
  await address.fill('nothing here');
  await panel.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(panel.getByRole('alert')).toBeVisible();
  await address.fill('127.0.0.1:1');
  await panel.getByRole('button', { name: 'Try again' }).click();
  await expect(panel.getByRole('alert')).toContainText('127.0.0.1:1');
  await expect(panel.getByRole('alert')).not.toContainText('Error');
});
