import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Serdes } from '../serdes.ts';
import type { SessionStore, Windowed } from '../state-stores.ts';
import { Stores } from '../store-builder.ts';
import { createStore, memoryStores } from './store-factory.ts';
import type { StoreHandle } from './store-handle.ts';

const RETENTION_MS = 100_000;

function open(): { handle: StoreHandle; store: SessionStore<string, string>; expired: () => number } {
  let expired = 0;
  const builder = Stores.sessionStore('sessions', {
    key: Serdes.string(),
    value: Serdes.string(),
    retentionMs: RETENTION_MS,
  });
  const owner = {
    log: null,
    currentTimestamp: () => 0,
    now: () => 0,
    expired: () => {
      expired += 1;
    },
  };
  const handle = createStore(builder, memoryStores, '0_0', owner);
  return { handle, store: handle.store as SessionStore<string, string>, expired: () => expired };
}

const time = fc.integer({ min: 0, max: 500_000 });
const session = fc
  .record({
    key: fc.constantFrom('a', 'aa', 'b', ''),
    start: time,
    length: fc.integer({ min: 0, max: 50_000 }),
  })
  .map(({ key, start, length }): Windowed<string> => ({ key, window: { start, end: start + length } }));
const change = fc.record({ session, value: fc.option(fc.constantFrom('x', 'y'), { nil: null }) });

const nameOf = ({ key, window }: Windowed<string>): string => `${key}[${window.start},${window.end}]`;
const byEnd = (one: Windowed<string>, two: Windowed<string>): number =>
  one.window.end - two.window.end || one.window.start - two.window.start;

test('finds the sessions of a key that are not too old, by end and start', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), session, fc.boolean(), (changes, wanted, reverse) => {
      const { store } = open();
      const model = new Map<string, readonly [Windowed<string>, string]>();
      let highest = -1;
      for (const each of changes) {
        store.put(each.session, each.value);
        highest = Math.max(highest, each.session.window.end);
        if (each.value === null) model.delete(nameOf(each.session));
        else model.set(nameOf(each.session), [each.session, each.value]);
      }
      const { start, end } = wanted.window;
      const expected = [...model.values()]
        .filter(([{ key, window }]) => key === wanted.key && window.end >= start && window.start <= end)
        .filter(([{ window }]) => window.end > highest - RETENTION_MS)
        .sort(([one], [two]) => byEnd(one, two));
      if (reverse) expected.reverse();
      expect([...store.findSessions(wanted.key, start, end, { reverse })]).toEqual(expected);
    }),
  );
});

test('lists the sessions of a range of keys, and of all', () => {
  const { store } = open();
  for (const key of ['b', 'a', 'aa', 'c']) store.put({ key, window: { start: 1, end: 2 } }, key);
  const keys = (found: Iterable<[Windowed<string>, string]>): string[] =>
    Array.from(found, ([each]) => each.key);
  expect(keys(store.fetchRange('aa', 'b'))).toEqual(['aa', 'b']);
  expect(keys(store.fetchRange(null, 'a', { reverse: true }))).toEqual(['a']);
  expect(keys(store.all())).toEqual(['a', 'aa', 'b', 'c']);
  expect(store.fetchSession('a', 1, 2)).toBe('a');
  expect(store.fetchSession('a', 2, 2)).toBeNull();
});

test('sessions of segments that are over are freed, and no longer taken', () => {
  const { handle, store, expired } = open();
  store.put({ key: 'a', window: { start: 0, end: 10 } }, 'old');
  store.put({ key: 'a', window: { start: 0, end: 300_000 } }, 'new');
  expect(handle.bytes.size()).toBe(1);
  store.put({ key: 'a', window: { start: 0, end: 20 } }, 'late');
  expect(handle.bytes.size()).toBe(1);
  expect(expired()).toBe(1);
});
