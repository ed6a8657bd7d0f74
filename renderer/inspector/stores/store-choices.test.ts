import { expect, test } from 'vitest';
import { parseDesign } from '#shared/design/parse-design.ts';
import ordersText from '../../../examples/orders.millstream.json?raw';
import { drawnStores, otherStores } from './store-choices.ts';

const parsed = parseDesign(ordersText);
const stores = parsed.ok ? drawnStores(parsed.value) : [];

test('every operator that keeps state has its changelog, and the size of its windows', () => {
  expect(stores.find(({ operator }) => operator === 'fraud-spend')).toEqual({
    changelog: 'fraud-service-spendPerCustomer-changelog',
    label: 'Fraud: spendPerCustomer',
    operator: 'fraud-spend',
    windowSizeMs: 3_600_000,
  });
  expect(stores.map(({ changelog }) => changelog)).toContain('orders-view-view-orders-changelog');
});

test('a global table has no changelog of its own', () => {
  expect(stores.some(({ operator }) => operator === 'email-customers')).toBe(false);
});

test('changelogs that are not drawn are offered beside those that are', () => {
  const topics = ['orders', 'fraud-service-spendPerCustomer-changelog', 'billing-totals-changelog'];
  expect(otherStores(topics, stores).map(({ changelog }) => changelog)).toEqual(['billing-totals-changelog']);
});
