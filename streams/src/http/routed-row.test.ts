import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { QueryCluster, type QueryInstance } from '../../test/query-cluster.ts';
import { SerializationError } from '../errors.ts';
import { type Serde, Serdes } from '../serdes.ts';
import type { KeyValueStore, VersionedKeyValueStore } from '../state-stores.ts';
import { type StoreBuilder, Stores } from '../store-builder.ts';
import { HttpService } from './http-service.ts';
import { queryRoutedKey } from './query-key.ts';
import { waitForRow } from './wait-for-row.ts';

const text = Serdes.string();
const clusters: QueryCluster[] = [];

afterEach(async () => {
  await Promise.all(clusters.splice(0).map((cluster) => cluster.close()));
});

async function start(builder: StoreBuilder, partitions: number, count: number) {
  const cluster = new QueryCluster(builder, partitions);
  clusters.push(cluster);
  return { cluster, instances: await cluster.start(count) };
}

/** Two instances with one partition each, and a key of each. */
async function two<V>(value: Serde<V>) {
  const { cluster, instances } = await start(Stores.keyValueStore('rows', { key: text, value }), 2, 2);
  const [first, second] = instances as [QueryInstance, QueryInstance];
  const keyIn = (partition: number): string => {
    const found = ['a', 'b', 'c', 'd', 'e', 'f'].find((key) => cluster.partitionOf(key) === partition);
    if (found === undefined) throw new Error('No key of that partition.');
    return found;
  };
  const stores = [first, second].map((instance, partition) =>
    cluster.give<KeyValueStore<string, V>>(instance, partition),
  ) as [KeyValueStore<string, V>, KeyValueStore<string, V>];
  return { cluster, first, second, stores, mine: keyIn(0), theirs: keyIn(1) };
}

/** A wait for a number of at least so much. */
function atLeast(key: string, wanted: number, timeoutMs = 20_000) {
  const predicate = (value: number | null): boolean => value !== null && value >= wanted;
  return { store: 'rows', key, predicate, timeoutMs };
}

test('a key is read where it is', async () => {
  const { first, second, stores, mine, theirs } = await two(text);
  stores[0].put(mine, 'from 0');
  stores[1].put(theirs, 'from 1');
  for (const { routing } of [first, second]) {
    expect(await queryRoutedKey(routing, 'rows', mine, {})).toBe('from 0');
    expect(await queryRoutedKey(routing, 'rows', theirs, {})).toBe('from 1');
    expect(await queryRoutedKey(routing, 'rows', 'nothing', {})).toBeNull();
    expect(await queryRoutedKey(routing, 'rows', '', {})).toBeNull();
  }
  await second.service.close();
  await expect(queryRoutedKey(first.routing, 'rows', theirs, {})).rejects.toThrow('does not answer');
  await expect(queryRoutedKey(first.routing, 'else', theirs, {})).rejects.toThrow('no key-value store');
  expect(await queryRoutedKey(first.routing, 'rows', mine, {})).toBe('from 0');
});

test('while the owner is down its standby is only asked when that is wanted, and clients are not told to', async () => {
  const { cluster, first, second, theirs } = await two(text);
  cluster.give<KeyValueStore<string, string>>(first, 1, 7).put(theirs, 'older');
  await second.service.close();
  await expect(queryRoutedKey(first.routing, 'rows', theirs, {})).rejects.toThrow(/try again in a moment\.$/);
  expect(await queryRoutedKey(first.routing, 'rows', theirs, { stale: true })).toBe('older');
});

test('an instance that does not serve its stores is no proof that a key is nowhere', async () => {
  const { first, second, theirs } = await two(text);
  const other = new HttpService();
  const { host, port } = await other.listen();
  second.endpoint = `${host}:${port}`;
  await expect(queryRoutedKey(first.routing, 'rows', theirs, {})).rejects.toMatchObject({
    status: 503,
    message: 'The instance that has this part of the store "rows" does not serve it (404).',
  });
  await other.close();
});

test('a row that another partitioner put here is found here', async () => {
  const { first, stores, theirs } = await two(text);
  stores[0].put(theirs, 'elsewhere by its key');
  expect(await queryRoutedKey(first.routing, 'rows', theirs, {})).toBe('elsewhere by its key');
});

test('versioned stores: the latest row, or the one that was valid at a time', async () => {
  const builder = Stores.versionedKeyValueStore('v', { key: text, value: text, historyRetentionMs: 1_000 });
  const { cluster, instances } = await start(builder, 1, 2);
  const [reader, keeper] = instances as [QueryInstance, QueryInstance];
  const store = cluster.give<VersionedKeyValueStore<string, string>>(keeper, 0);
  store.put('k', 'old', 10);
  store.put('k', 'new', 20);
  for (const { routing } of [reader, keeper]) {
    expect(await queryRoutedKey(routing, 'v', 'k', {})).toBe('new');
    expect(await queryRoutedKey(routing, 'v', 'k', { asOf: 15 })).toBe('old');
    expect(await queryRoutedKey(routing, 'v', 'k', { asOf: 5 })).toBeNull();
  }
  const plain = await two(text);
  await expect(queryRoutedKey(plain.first.routing, 'rows', 'a', { asOf: 5 })).rejects.toMatchObject({
    status: 400,
  });
});

test('keys and values of any type come from elsewhere as they are here', async () => {
  const { cluster, instances } = await start(
    Stores.keyValueStore('any', { key: Serdes.bytes(), value: Serdes.double() }),
    2,
    2,
  );
  const stores = instances.map((instance, partition) =>
    cluster.give<KeyValueStore<Uint8Array, number>>(instance, partition),
  );
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 20 }), fc.double(), async (key, value) => {
      stores[cluster.partitionOf(key)]?.put(key, value);
      for (const { routing } of instances) expect(await queryRoutedKey(routing, 'any', key, {})).toBe(value);
    }),
    { numRuns: 50 },
  );
});

test('a key that the store cannot have is the asker’s to mend', async () => {
  const key: Serde<number> = {
    serialize(value) {
      if (value < 0) throw new SerializationError('A key is never negative.');
      return Buffer.of(value);
    },
    deserialize: ([byte = 0]) => byte,
  };
  const { cluster, instances } = await start(Stores.keyValueStore('n', { key, value: text }), 1, 1);
  const [only] = instances as [QueryInstance];
  cluster.give(only, 0);
  await expect(queryRoutedKey(only.routing, 'n', -1, {})).rejects.toMatchObject({ status: 400 });
  const waiting = waitForRow(only.routing, { store: 'n', key: -1, predicate: () => true, timeoutMs: 20_000 });
  await expect(waiting).rejects.toMatchObject({ status: 400 });
  expect(only.listeners).toBe(0);
});

test('waiting sees each change of a row that is here, and asks nobody', async () => {
  const { first, second, stores, mine } = await two(Serdes.long());
  await second.service.close();
  const seen: (number | null)[] = [];
  const waiting = waitForRow<number>(first.routing, {
    store: 'rows',
    key: mine,
    predicate: (value) => seen.push(value) > 0 && value === 2,
    timeoutMs: 20_000,
  });
  for (const value of [1, 2, 3]) stores[0].put(mine, value);
  expect(await waiting).toBe(2);
  expect(seen).toEqual([null, 1, 2]);
  expect(first.listeners).toBe(0);
});

test('waiting asks another instance until its row is as wanted, or gone', async () => {
  const { first, stores, theirs } = await two(Serdes.long());
  const waiting = waitForRow<number>(first.routing, atLeast(theirs, 2));
  stores[1].put(theirs, 1);
  setTimeout(() => stores[1].put(theirs, 2), 120);
  expect(await waiting).toBe(2);
  const gone = waitForRow<number>(first.routing, {
    ...atLeast(theirs, 2),
    predicate: (value) => value === null,
  });
  setTimeout(() => stores[1].delete(theirs), 120);
  expect(await gone).toBeNull();
  expect(stores[1].get(theirs)).toBeNull();
});

test('waiting goes on while nobody has the row, and finds it with its new owner, here or elsewhere', async () => {
  for (const target of ['here', 'third'] as const) {
    const { cluster, first, second, stores, theirs } = await two(Serdes.long());
    const [, , third] = await cluster.start(1);
    if (third === undefined) throw new Error('Three instances were started.');
    const waiting = waitForRow<number>(first.routing, atLeast(theirs, 5));
    await second.service.close();
    await new Promise((resolve) => setTimeout(resolve, 100));
    first.state = 'REBALANCING';
    cluster.move(1, target === 'here' ? first : third);
    first.state = 'RUNNING';
    stores[1].put(theirs, 4);
    setTimeout(() => stores[1].put(theirs, 5), 60);
    expect(await waiting, target).toBe(5);
    expect(first.listeners).toBe(0);
  }
});

test('an owner that hangs holds nobody up once the row has moved', async () => {
  const { cluster, first, second, stores, theirs } = await two(Serdes.long());
  second.service.route('GET', '/hangs/stores/rows/{key}', () => new Promise(() => undefined));
  second.endpoint = `${second.endpoint}/hangs`;
  const waiting = waitForRow<number>(first.routing, { ...atLeast(theirs, 1), peerTimeoutMs: 60_000 });
  stores[1].put(theirs, 1);
  await new Promise((resolve) => setTimeout(resolve, 50));
  first.state = 'REBALANCING';
  cluster.move(1, first);
  first.state = 'RUNNING';
  expect(await waiting).toBe(1);
});

test('null when the time is up or the client has gone, whatever the owner does', async () => {
  const { first, second, stores, theirs } = await two(Serdes.long());
  stores[1].put(theirs, 1);
  expect(await waitForRow(first.routing, atLeast(theirs, 2, 150))).toBeNull();
  await second.service.close();
  expect(await waitForRow(first.routing, atLeast(theirs, 1, 150))).toBeNull();
  const gone = new AbortController();
  const waiting = waitForRow(first.routing, { ...atLeast(theirs, 1), signal: gone.signal });
  gone.abort();
  expect(await waiting).toBeNull();
  expect(await waitForRow(first.routing, { ...atLeast(theirs, 1), signal: gone.signal })).toBeNull();
  expect(first.listeners).toBe(0);
});

test('a predicate that throws ends the wait, not the task that changed the row', async () => {
  const { first, stores, mine, theirs } = await two(Serdes.long());
  const predicate = (value: number | null): boolean => {
    if (value === 13) throw new RangeError('Not that one.');
    return false;
  };
  const waits = [mine, theirs].map((key) =>
    waitForRow(first.routing, { store: 'rows', key, predicate, timeoutMs: 20_000 }),
  );
  const failures = Promise.all(waits.map((wait) => expect(wait).rejects.toThrow('Not that one.')));
  stores[0].put(mine, 13);
  stores[1].put(theirs, 13);
  await failures;
  expect(first.listeners).toBe(0);
});
