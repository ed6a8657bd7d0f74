import { expect, test } from 'vitest';
import type { Design } from '#shared/design/design.ts';
import { runsDifferently } from './runs-differently.ts';

const design: Design = {
  format: 'millstream-design',
  version: 1,
  name: 'Shop',
  schemas: [],
  topics: [],
  services: [],
  externals: [],
  requests: [],
  feeds: [{ id: 'feed', name: 'Feed', into: { topic: 'orders' }, value: 'n', perSecond: 5 }],
  notes: [],
  layout: { nodes: {} },
};

test('a moved box or a note changes nothing that runs', () => {
  expect(runsDifferently(design, { ...design, layout: { nodes: { orders: { x: 1, y: 2 } } } })).toBe(false);
  expect(runsDifferently(design, { ...design, notes: [{ id: 'note', text: 'why' }] })).toBe(false);
});

test('a change that was taken back is no change', () => {
  expect(runsDifferently(design, structuredClone(design))).toBe(false);
});

test('another rate of a feed runs differently', () => {
  const feeds = design.feeds.map((feed) => ({ ...feed, perSecond: 6 }));
  expect(runsDifferently(design, { ...design, feeds })).toBe(true);
});
