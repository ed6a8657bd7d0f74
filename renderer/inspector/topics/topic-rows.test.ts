import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TopicListing } from '#shared/contract/cluster-types.ts';
import type { OverlayTopic } from '#shared/contract/inspect.ts';
import { topicOrders, topicRows } from './topic-rows.ts';

function topic(name: string, more: Partial<TopicListing> = {}): TopicListing {
  return { name, internal: false, partitions: 1, replication: 3, underReplicated: 0, offline: 0, ...more };
}

const noFigures = new Map<string, OverlayTopic>();
const plain = { words: '', internal: false, order: 'name', figures: noFigures } as const;

test('every word must be in the name, in either case', () => {
  const topics = [topic('orders'), topic('Order-Validations'), topic('payments')];
  const found = topicRows(topics, { ...plain, words: ' VAL order ' });
  expect(found.map(({ name }) => name)).toEqual(['Order-Validations']);
});

test('internal topics are shown on demand', () => {
  const topics = [topic('__consumer_offsets', { internal: true }), topic('orders')];
  expect(topicRows(topics, plain).map(({ name }) => name)).toEqual(['orders']);
  expect(topicRows(topics, { ...plain, internal: true })).toHaveLength(2);
});

test('trouble comes first: offline before under-replicated', () => {
  const topics = [topic('a'), topic('b', { underReplicated: 9 }), topic('c', { offline: 1 })];
  const found = topicRows(topics, { ...plain, order: 'trouble' });
  expect(found.map(({ name }) => name)).toEqual(['c', 'b', 'a']);
});

test('the busiest first, and what is not known last', () => {
  const figures = new Map([
    ['slow', { name: 'slow', partitions: 1, records: 5, rate: 1 }],
    ['fast', { name: 'fast', partitions: 1, records: 5, rate: 90 }],
  ]);
  const found = topicRows([topic('new'), topic('slow'), topic('fast')], { ...plain, order: 'rate', figures });
  expect(found.map(({ name }) => name)).toEqual(['fast', 'slow', 'new']);
});

test('an order neither loses nor adds a topic', () => {
  const topics = fc.uniqueArray(
    fc.record({
      name: fc.stringMatching(/^[a-z]{1,8}$/),
      partitions: fc.nat(50),
      underReplicated: fc.nat(3),
    }),
    { selector: ({ name }) => name, maxLength: 30 },
  );
  fc.assert(
    fc.property(topics, fc.constantFrom(...topicOrders), (some, order) => {
      const listed = some.map(({ name, ...more }) => topic(name, more));
      const found = topicRows(listed, { ...plain, order });
      expect(found.map(({ name }) => name).toSorted()).toEqual(listed.map(({ name }) => name).toSorted());
    }),
  );
});
