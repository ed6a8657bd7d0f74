import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { KeyValueBytesStore, StoreEntry, WindowBytesStore } from '../internals/bytes-store.ts';
import { createMemoryKeyValueStore } from '../internals/memory-key-value-store.ts';
import { createMemoryWindowStore } from '../internals/memory-window-store.ts';
import { DiskEnvironment } from './disk-environment.ts';
import { createDiskKeyValueStore } from './disk-key-value-store.ts';
import { createDiskWindowStore } from './disk-window-store.ts';

/** A store on disk that can be flushed, and closed and opened again. */
class Disk<S> {
  readonly #path = mkdtempSync(join(tmpdir(), 'millstream-stores-'));
  readonly #make: (environment: DiskEnvironment) => S;
  #environment: DiskEnvironment;
  store: S;

  constructor(make: (environment: DiskEnvironment) => S) {
    this.#make = make;
    this.#environment = new DiskEnvironment(this.#path, false);
    this.store = make(this.#environment);
  }

  flush(): void {
    this.#environment.flush();
  }

  async reopen(): Promise<void> {
    this.#environment.flush();
    await this.#environment.close();
    this.#environment = new DiskEnvironment(this.#path, false);
    this.store = this.#make(this.#environment);
  }

  async end(): Promise<void> {
    await this.#environment.close();
    rmSync(this.#path, { recursive: true });
  }
}

const keyBytes = fc
  .array(fc.constantFrom(0, 1, 0x61, 0xff), { maxLength: 3 })
  .map((bytes): Uint8Array => Buffer.from(bytes));
const entry: fc.Arbitrary<StoreEntry> = fc.record({
  value: fc.string({ maxLength: 4 }).map((text): Uint8Array => Buffer.from(text)),
  timestamp: fc.oneof(fc.constant(-1), fc.integer({ min: 0, max: 2_000_000_000_000 })),
});
const bound = fc.option(keyBytes, { nil: null });

const between = fc.oneof(
  fc.record({ do: fc.constant('flush' as const) }),
  fc.record({ do: fc.constant('reopen' as const) }),
  fc.record({ do: fc.constant('size' as const) }),
);

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null));
}

const keyValueStep = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('put' as const), key: keyBytes, entry }) },
  fc.record({ do: fc.constant('delete' as const), key: keyBytes }),
  fc.record({ do: fc.constant('get' as const), key: keyBytes }),
  fc.record({ do: fc.constant('range' as const), from: bound, to: bound, reverse: fc.boolean() }),
  fc.record({ do: fc.constant('scan' as const), reverse: fc.boolean(), drop: keyBytes, entry }),
  between,
);

test('random operations on a key-value store give the same answers in memory and on disk', async () => {
  const step = (
    store: KeyValueBytesStore,
    each: typeof keyValueStep extends fc.Arbitrary<infer T> ? T : never,
  ) => {
    switch (each.do) {
      case 'put':
        return store.put(each.key, each.entry);
      case 'delete':
        return store.put(each.key, null);
      case 'get':
        return store.get(each.key);
      case 'range':
        return [...store.range(each)];
      case 'scan':
        return scanWhileChanging(store, each.reverse, each.drop, each.entry);
      case 'size':
        return store.size();
      case 'flush':
      case 'reopen':
        return null;
    }
  };
  await fc.assert(
    fc.asyncProperty(fc.array(keyValueStep, { maxLength: 60 }), async (steps) => {
      const memory = createMemoryKeyValueStore();
      const disk = new Disk((environment) => createDiskKeyValueStore(environment, 'store'));
      try {
        for (const each of steps) {
          if (each.do === 'flush') disk.flush();
          if (each.do === 'reopen') await disk.reopen();
          expect(plain(step(disk.store, each))).toEqual(plain(step(memory, each)));
        }
        const all = { from: null, to: null, reverse: false };
        expect(plain([...disk.store.range(all)])).toEqual(plain([...memory.range(all)]));
      } finally {
        await disk.end();
      }
    }),
    { numRuns: 60 },
  );
}, 120_000);

/** Changes the store in the middle of a scan, which must not see it. */
function scanWhileChanging(
  store: KeyValueBytesStore,
  reverse: boolean,
  drop: Uint8Array,
  added: StoreEntry,
): unknown[] {
  const seen: unknown[] = [];
  for (const found of store.range({ from: null, to: null, reverse })) {
    seen.push(found);
    if (seen.length === 1) {
      store.put(drop, null);
      store.put(Buffer.concat([found[0], Buffer.from([1])]), added);
      store.size();
    }
  }
  return seen;
}

const RETENTION_MS = 200_000;
const time = fc.integer({ min: 0, max: 20 }).map((step) => step * 37_000);

const windowStep = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('put' as const),
      key: keyBytes,
      time,
      sequence: fc.nat({ max: 2 }),
      entry,
    }),
  },
  fc.record({ do: fc.constant('delete' as const), key: keyBytes, time, sequence: fc.nat({ max: 2 }) }),
  fc.record({ do: fc.constant('fetch' as const), key: keyBytes, from: time, to: time }),
  fc.record({ do: fc.constant('all' as const), from: time, to: time }),
  between,
);

test('random operations on a window store give the same answers in memory and on disk', async () => {
  const step = (
    store: WindowBytesStore,
    each: typeof windowStep extends fc.Arbitrary<infer T> ? T : never,
  ) => {
    switch (each.do) {
      case 'put':
        return store.put(each.key, each.time, each.sequence, each.entry);
      case 'delete':
        return store.put(each.key, each.time, each.sequence, null);
      case 'fetch':
        return store.fetch(each.key, each.from, each.to);
      case 'all':
        return [...store.fetchAll(each.from, each.to)];
      case 'size':
        return [store.size(), store.highestSequence];
      case 'flush':
      case 'reopen':
        return null;
    }
  };
  await fc.assert(
    fc.asyncProperty(fc.array(windowStep, { maxLength: 60 }), async (steps) => {
      const memory = createMemoryWindowStore(RETENTION_MS);
      const disk = new Disk((environment) => createDiskWindowStore(environment, 'store', RETENTION_MS));
      try {
        for (const each of steps) {
          if (each.do === 'flush') disk.flush();
          if (each.do === 'reopen') await disk.reopen();
          expect(plain(step(disk.store, each))).toEqual(plain(step(memory, each)));
        }
        const all = [0, Number.MAX_SAFE_INTEGER] as const;
        expect(plain([...disk.store.fetchAll(...all)])).toEqual(plain([...memory.fetchAll(...all)]));
      } finally {
        await disk.end();
      }
    }),
    { numRuns: 60 },
  );
}, 120_000);

test('two tables of one environment do not see each other, and a key that is too long is refused by name', async () => {
  const disk = new Disk((environment) => ({
    one: createDiskKeyValueStore(environment, 'one'),
    two: createDiskKeyValueStore(environment, 'two'),
  }));
  const key = Buffer.from('k');
  disk.store.one.put(key, { value: Buffer.from('1'), timestamp: 1 });
  await disk.reopen();
  expect(disk.store.two.get(key)).toBeUndefined();
  expect(disk.store.one.get(key)).toEqual({ value: Buffer.from('1'), timestamp: 1 });
  expect(() => disk.store.two.put(Buffer.alloc(1978), { value: key, timestamp: 1 })).toThrow(
    'A key of the store "two" takes 1979 bytes on disk, but at most 1978 are possible',
  );
  await disk.end();
});

test('a store that was closed says so, also in the middle of a scan', async () => {
  const disk = new Disk((environment) => createDiskKeyValueStore(environment, 'store'));
  const { store } = disk;
  for (const key of ['a', 'b']) store.put(Buffer.from(key), { value: Buffer.from(key), timestamp: 1 });
  disk.flush();
  const scan = store.range({ from: null, to: null, reverse: false });
  expect(scan.next().value[0]).toEqual(Buffer.from('a'));
  await disk.end();
  expect(() => scan.next()).toThrow('The store "store" was closed');
  expect(() => store.get(Buffer.from('a'))).toThrow('The store "store" was closed');
});

test('more writes than may wait are applied on the way', async () => {
  const disk = new Disk((environment) => createDiskKeyValueStore(environment, 'store'));
  const total = 120_000;
  for (let index = 0; index < total; index += 1) {
    disk.store.put(Buffer.from(String(index % 70_000)), {
      value: Buffer.from(String(index)),
      timestamp: index,
    });
  }
  expect(disk.store.size()).toBe(70_000);
  expect(disk.store.get(Buffer.from('5'))?.timestamp).toBe(70_005);
  await disk.end();
});
