import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DiskEnvironment } from './disk-environment.ts';
import type { DiskTable } from './disk-table.ts';
import { createDiskWindowStore } from './disk-window-store.ts';

const text = { encode: (value: string) => Buffer.from(value), decode: String, sizeOf: () => 1 };
const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('put' as const), key, value: fc.constantFrom('1', '2') }),
  },
  fc.record({ do: fc.constant('put' as const), key, value: fc.constant(null) }),
  fc.record({ do: fc.constant('deleteBelow' as const), key }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('range' as const), key, reverse: fc.boolean() }) },
  fc.record({ do: fc.constant('flush' as const), key }),
  fc.record({ do: fc.constantFrom('get' as const, 'count' as const), key }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What a table and its model, an object, answer to the same step. */
function apply(table: DiskTable<string>, model: Map<string, string>, each: Step): [unknown, unknown] {
  const bytes = Buffer.from(each.key);
  switch (each.do) {
    case 'put':
      if (each.value === null) model.delete(each.key);
      else model.set(each.key, each.value);
      return [table.put(bytes, each.value), undefined];
    case 'deleteBelow':
      for (const known of model.keys()) if (known < each.key) model.delete(known);
      return [table.deleteBelow(bytes), undefined];
    case 'range': {
      const found = [...table.range({ from: bytes, to: null, reverse: each.reverse })];
      const wanted = [...model].filter(([known]) => known >= each.key).sort();
      return [found.map(([at, value]) => [String(at), value]), each.reverse ? wanted.reverse() : wanted];
    }
    case 'count':
      return [table.count(), model.size];
    case 'get':
    case 'flush':
      return [table.get(bytes), model.get(each.key)];
  }
}

async function withEnvironment(use: (environment: DiskEnvironment) => void): Promise<void> {
  const path = mkdtempSync(join(tmpdir(), 'millstream-table-'));
  const environment = new DiskEnvironment(path, false);
  try {
    use(environment);
  } finally {
    await environment.close();
    rmSync(path, { recursive: true });
  }
}

test('a table answers like a map whatever waits and whatever is on disk', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), (steps) =>
      withEnvironment((environment) => {
        const table = environment.table('table', text);
        const model = new Map<string, string>();
        for (const each of steps) {
          if (each.do === 'flush') environment.flush();
          const [answer, wanted] = apply(table, model, each);
          expect(answer).toEqual(wanted);
        }
        environment.flush();
        const all = [...table.range({ from: null, to: null, reverse: false })];
        expect(all.map(([at, value]) => [String(at), value])).toEqual([...model].sort());
      }),
    ),
    { numRuns: 100 },
  );
}, 120_000);

test('a window that was never on disk is found again after a flush', () =>
  withEnvironment((environment) => {
    const store = createDiskWindowStore(environment, 'windows', 600_000);
    const bytes = Buffer.from('key');
    const at = (start: number) => store.fetch(bytes, start, start).map(({ value }) => String(value));
    const put = (start: number, value: string) =>
      store.put(bytes, start, 0, { value: Buffer.from(value), timestamp: start });
    put(60_000, 'one');
    expect(at(60_000)).toEqual(['one']);
    environment.flush();
    expect(at(60_000)).toEqual(['one']);
    put(120_000, 'two');
    expect([at(60_000), at(120_000), at(180_000)]).toEqual([['one'], ['two'], []]);
    environment.flush();
    put(60_000, 'three');
    expect([at(60_000), at(120_000)]).toEqual([['three'], ['two']]);
  }));

test('a window store of many segments drops the old ones, on disk and waiting', () =>
  withEnvironment((environment) => {
    const store = createDiskWindowStore(environment, 'windows', 120_000);
    for (let start = 0; start < 1_200_000; start += 30_000) {
      store.put(Buffer.from('key'), start, 0, { value: Buffer.from('x'), timestamp: start });
      if (start % 150_000 === 0) environment.flush();
    }
    const starts = [...store.fetchAll(0, 2_000_000)].map(([, { windowStart }]) => windowStart);
    expect(starts).toEqual([1_080_000, 1_110_000, 1_140_000, 1_170_000]);
    expect(store.size()).toBe(6);
  }));
