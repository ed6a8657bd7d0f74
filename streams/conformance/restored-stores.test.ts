import { afterEach, expect, test, vi } from 'vitest';
import type { BytesStore } from '../src/internals/bytes-store.ts';
import { createMemoryKeyValueStore } from '../src/internals/memory-key-value-store.ts';
import { createMemoryWindowStore } from '../src/internals/memory-window-store.ts';
import { createStore, memoryStores } from '../src/internals/store-factory.ts';
import type { StoreOwner } from '../src/internals/store-handle.ts';
import type { TopologyTestDriver } from '../testing/topology-test-driver.ts';
import { readAllCases } from './case-files.ts';
import type { ResolvedCase } from './case-scope.ts';
import { APPLICATION_ID, pipe, startCase } from './run-case.ts';

let made = new Map<string, BytesStore>();
let compared = 0;

function keepWhatIsMade(): void {
  const keep = <S extends BytesStore>(name: string, store: S): S => {
    made.set(name, store);
    return store;
  };
  vi.spyOn(memoryStores, 'keyValue').mockImplementation(({ name }) =>
    keep(name, createMemoryKeyValueStore()),
  );
  vi.spyOn(memoryStores, 'window').mockImplementation(({ name, readableMs, retentionMs }) =>
    keep(name, createMemoryWindowStore(readableMs ?? retentionMs)),
  );
}

afterEach(() => vi.restoreAllMocks());

const owner: StoreOwner = {
  log: null,
  now: () => 0,
  currentTimestamp: () => -1,
  expired: () => undefined,
};

function content(store: BytesStore | undefined): unknown[] {
  if (store === undefined) return [];
  return store.kind === 'window'
    ? [...store.fetchAll(0, Number.MAX_SAFE_INTEGER)]
    : [...store.range({ from: null, to: null, reverse: false })];
}

/** False when the case is one that fails. */
function drive(driver: TopologyTestDriver, found: ResolvedCase): boolean {
  try {
    for (const input of found.input) pipe(driver, input, found);
    return true;
  } catch {
    return false;
  }
}

const cases = readAllCases().filter(({ found }) => {
  try {
    return drive(startCase(found).driver, found);
  } catch {
    return false;
  }
});

test.each(cases.map(({ found }): [string, ResolvedCase] => [found.name, found]))(
  'stores come back from their changelogs as they were: %s',
  (_name, found) => {
    keepWhatIsMade();
    const { driver, topology } = startCase(found);
    drive(driver, found);
    const before = made;
    for (const { builder, changelog, name } of topology
      .plan(APPLICATION_ID)
      .subtopologies.flatMap(({ stores }) => stores)) {
      if (changelog === null) continue;
      const changes = driver.changelog(name);
      // Among duplicates null is only logged. Restoring takes its time for read, as in Kafka Streams.
      const duplicates = builder.kind === 'window' && builder.retainDuplicates;
      if (duplicates && changes.some(({ value }) => value === null)) continue;
      made = new Map();
      const restored = createStore(builder, memoryStores, '0_0', owner);
      for (const { key, value, timestamp } of changes) {
        if (key !== null) restored.restore(key, value, timestamp);
      }
      for (const [part, store] of made) {
        expect(content(store), part).toEqual(content(before.get(part)));
        compared += 1;
      }
    }
  },
);

test('there were stores to compare', () => {
  expect(compared).toBeGreaterThan(cases.length);
});
