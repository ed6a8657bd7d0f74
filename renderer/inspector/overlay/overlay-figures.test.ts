import { expect, test } from 'vitest';
import type { OverlayEvent, OverlayGroup } from '#shared/contract/inspect.ts';
import type { Design } from '#shared/design/design.ts';
import { parseDesign } from '#shared/design/parse-design.ts';
import ordersText from '../../../examples/orders.millstream.json?raw';
import { noFigure } from '../../store/live-cells.ts';
import { type GroupProgress, overlayFigures } from './overlay-figures.ts';
import { overlayNames } from './overlay-names.ts';

function orders(): Design {
  const parsed = parseDesign(ordersText);
  if (!parsed.ok) {
    throw new Error('The example does not parse.');
  }
  return parsed.value;
}

function group(more: Partial<OverlayGroup> = {}): OverlayGroup {
  const topics = [{ topic: 'orders', lag: 40, lagMs: 9_000, rate: 5 }];
  return { id: 'fraud-service', type: 'classic', state: 'Stable', members: 2, lag: 40, topics, ...more };
}

function event(groups: readonly OverlayGroup[], more: Partial<OverlayEvent> = {}): OverlayEvent {
  const topics = [
    { name: 'orders', partitions: 4, records: 900, rate: 10 },
    { name: 'payments', partitions: 4, records: 100, rate: 3 },
    { name: 'fraud-service-spendPerCustomer-changelog', partitions: 4, records: 77, rate: 1 },
  ];
  return { at: 1_000, topics, groups: [...groups], failure: null, ...more };
}

function figures(of: OverlayEvent, progress: GroupProgress = new Map()) {
  return new Map(overlayFigures(orders(), of, progress));
}

test('topics, changelogs and groups of the drawing are asked for; one that joins no group is not', () => {
  const names = overlayNames(orders());
  expect(names.topics).toContain('orders');
  expect(names.topics).toContain('fraud-service-spendPerCustomer-changelog');
  expect(names.groups).toContain('fraud-service');
  expect(names.groups).not.toContain('orders-service');
});

test('a topic shows its rate, and one that is not there says so', () => {
  const shown = figures(event([]));
  expect(shown.get('orders')).toEqual({ ...noFigure, rate: 10, records: 900 });
  expect(shown.get('customers')?.status?.word).toBe('not on the cluster');
});

test('an edge out of a topic shows what its reader commits and how far behind it is', () => {
  expect(figures(event([group()])).get('reads:fraud-orders')).toEqual({
    ...noFigure,
    rate: 5,
    lag: 40,
    lagMs: 9_000,
  });
});

test('an edge into a topic shows the rate only when nobody else writes it', () => {
  const shown = figures(event([]));
  expect(shown.get('outside-writes:payment-provider:payments')?.rate).toBe(3);
  expect(shown.get('writes:post-order:orders')?.rate).toBeNull();
});

test('an operator shows how many records its changelog has', () => {
  expect(figures(event([group()])).get('fraud-spend')?.records).toBe(77);
});

test('a service that is well shows its lag, and a word only when it is not', () => {
  expect(figures(event([group()])).get('fraud-service')).toMatchObject({ lagMs: 9_000, status: null });
  const shown = figures(event([group({ state: 'PreparingRebalance' })]));
  expect(shown.get('fraud-service')?.status).toEqual({ word: 'rebalancing', tone: 'warning' });
  expect(shown.get('inventory-service')?.status?.word).toBe('not running');
  expect(shown.get('orders-service')).toEqual(noFigure);
});

test('a group that has to read and commits nothing for a minute is stuck, until it commits', () => {
  const progress: GroupProgress = new Map();
  const standing = group({ topics: [{ topic: 'orders', lag: 40, lagMs: 9_000, rate: 0 }] });
  const wordAt = (at: number, of: OverlayGroup) =>
    figures(event([of], { at }), progress).get('fraud-service')?.status?.word ?? null;
  expect(wordAt(0, standing)).toBeNull();
  expect(wordAt(59_999, standing)).toBeNull();
  expect(wordAt(60_000, standing)).toBe('stuck');
  expect(wordAt(61_000, group())).toBeNull();
  expect(wordAt(90_000, group({ lag: 0, topics: [] }))).toBeNull();
});
