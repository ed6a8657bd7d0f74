import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { QueryCluster, type QueryInstance } from '../../test/query-cluster.ts';
import { Serdes } from '../serdes.ts';
import type { KeyValueStore, SessionStore, VersionedKeyValueStore, WindowStore } from '../state-stores.ts';
import { type StoreBuilder, Stores } from '../store-builder.ts';
import type { StoreRoutesOptions } from './query-routes.ts';

const text = Serdes.string();
const clusters: QueryCluster[] = [];

afterEach(async () => {
  await Promise.all(clusters.splice(0).map((cluster) => cluster.close()));
});

async function start(
  builder: StoreBuilder,
  partitions: number,
  count: number,
  options: StoreRoutesOptions = {},
): Promise<{ cluster: QueryCluster; instances: QueryInstance[] }> {
  const cluster = new QueryCluster(builder, partitions);
  clusters.push(cluster);
  return { cluster, instances: await cluster.start(count, options) };
}

const words = (): StoreBuilder => Stores.keyValueStore('words', { key: text, value: text });

/** Two instances with one partition each; every key's value names the instance that has it. */
async function twoWithWords(options: StoreRoutesOptions = {}) {
  const { cluster, instances } = await start(words(), 2, 2, options);
  const stores = instances.map((instance, partition) =>
    cluster.give<KeyValueStore<string, string>>(instance, partition),
  );
  for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) {
    const partition = cluster.partitionOf(key);
    stores[partition]?.put(key, `from ${partition}`);
  }
  const keyIn = (partition: number): string => {
    const found = ['a', 'b', 'c', 'd', 'e', 'f'].find((key) => cluster.partitionOf(key) === partition);
    if (found === undefined) throw new Error('No key of that partition.');
    return found;
  };
  const [first, second] = instances;
  if (first === undefined || second === undefined) throw new Error('Two instances were started.');
  return { cluster, first, second, mine: keyIn(0), theirs: keyIn(1) };
}

test('any instance answers about any key', async () => {
  const { first, second, mine, theirs } = await twoWithWords();
  for (const instance of [first, second]) {
    expect(await instance.get(`/stores/words/${mine}`)).toMatchObject({
      status: 200,
      body: { key: mine, value: 'from 0' },
      stale: null,
    });
    expect((await instance.get(`/stores/words/${theirs}`)).body).toEqual({ key: theirs, value: 'from 1' });
  }
  expect(await first.get('/stores/words/nothing')).toMatchObject({
    status: 404,
    body: { error: 'The store "words" has no such key.' },
  });
  expect((await first.get('/stores/else/a')).status).toBe(404);
});

test('lists are merged in the order of the keys, wherever they are, up to the limit', async () => {
  const { first, second } = await twoWithWords();
  const keys = async (instance: QueryInstance, query: string) => {
    const { body } = await instance.get(`/stores/words${query}`);
    return [body.entries.map(({ key }: { key: string }) => key).join(''), body.more];
  };
  for (const instance of [first, second]) {
    expect(await keys(instance, '')).toEqual(['abcdef', false]);
    expect(await keys(instance, '?limit=4')).toEqual(['abcd', true]);
    expect(await keys(instance, '?limit=6')).toEqual(['abcdef', false]);
    expect(await keys(instance, '?from=b&to=d')).toEqual(['bcd', false]);
    expect(await keys(instance, '?from=b&to=d&limit=1')).toEqual(['b', true]);
  }
  const { body } = await first.get('/stores/words?limit=1');
  expect(Object.keys(body.entries[0])).toEqual(['key', 'value']);
});

test('the owner is down: 503 that says so, and a standby answers when that is wanted', async () => {
  const { cluster, first, second, theirs } = await twoWithWords();
  const copy = cluster.give<KeyValueStore<string, string>>(first, 1, 7);
  copy.put(theirs, 'older');
  await second.service.close();
  const refused = await first.get(`/stores/words/${theirs}`);
  expect(refused).toMatchObject({ status: 503, retryAfter: '1', stale: null });
  expect(refused.body.error).toMatch(
    /^The instance at 127\.0\.0\.1:\d+ does not answer \(.+\); try again in a moment, or ask a standby with \?stale=true\.$/,
  );
  expect((await first.get('/stores/words')).status).toBe(503);
  expect(await first.get(`/stores/words/${theirs}?stale=true`)).toMatchObject({
    status: 200,
    body: { key: theirs, value: 'older' },
    stale: 'true',
    lag: '7',
  });
  const list = await first.get('/stores/words?stale=true');
  expect(list).toMatchObject({ status: 200, stale: 'true', lag: '7' });
  expect(list.body.entries).toContainEqual({ key: theirs, value: 'older' });
});

test('a standby elsewhere is asked too, and how far it is behind comes along', async () => {
  const { cluster, instances } = await start(words(), 1, 3);
  const [asked, owner, standby] = instances as [QueryInstance, QueryInstance, QueryInstance];
  cluster.give<KeyValueStore<string, string>>(owner, 0).put('k', 'new');
  cluster.give<KeyValueStore<string, string>>(standby, 0, -1).put('k', 'old');
  expect(await asked.get('/stores/words/k?stale=true')).toMatchObject({
    body: { value: 'new' },
    stale: null,
  });
  owner.state = 'REBALANCING';
  owner.held.pop();
  expect(await asked.get('/stores/words/k?stale=true')).toMatchObject({
    status: 200,
    body: { key: 'k', value: 'old' },
    stale: 'true',
    lag: null,
  });
  expect((await asked.get('/stores/words/k')).body.error).toContain(
    'cannot answer now (Stores cannot be read while the instance is REBALANCING; try again in a moment',
  );
});

test('nobody has the partition: 503', async () => {
  const { first, cluster, mine } = await twoWithWords();
  const [owners] = cluster.owners;
  if (owners !== undefined) owners.active = null;
  expect(await first.get(`/stores/words/${mine}`)).toMatchObject({
    status: 503,
    body: { error: 'Partition 0 of the store "words" is being moved; try again in a moment.' },
  });
  expect((await first.get('/stores/words')).status).toBe(503);
});

test('instances that each think the other one has it do not ask round and round', async () => {
  const { cluster, first, second, mine } = await twoWithWords();
  first.held.length = 0;
  second.held.length = 0;
  cluster.owners[0] = { active: second, standbys: [] };
  const answer = await first.get(`/stores/words/${mine}`);
  expect(answer.status).toBe(503);
  expect(answer.body.error).toContain('Partition 0 of the store "words" is being moved');
  const hop = { headers: { 'millstream-hop': '1' } };
  expect((await first.get(`/stores/words/${mine}`, hop)).status).toBe(503);
  expect((await first.get(`/stores/words/${mine}?hop=1`)).status).toBe(503);
});

test('redirect sends the client to the owner, and says there that nobody else is to be asked', async () => {
  const { first, second, mine, theirs } = await twoWithWords({ routing: 'redirect' });
  const redirected = await first.get(`/stores/words/${theirs}?x=1`);
  expect(redirected).toMatchObject({
    status: 307,
    location: `${second.url}/stores/words/${theirs}?x=1&hop=1`,
  });
  expect((await first.get(`/stores/words/${theirs}`, { redirect: 'follow' })).body.value).toBe('from 1');
  expect((await first.get(`/stores/words/${mine}`)).status).toBe(200);
  expect((await first.get('/stores/words')).body.entries).toHaveLength(6);
});

test('local answers from what is here only', async () => {
  const { first, mine, theirs } = await twoWithWords({ routing: 'local' });
  expect((await first.get(`/stores/words/${mine}`)).status).toBe(200);
  expect((await first.get(`/stores/words/${theirs}`)).status).toBe(503);
  const { entries } = (await first.get('/stores/words')).body;
  expect(entries.every(({ value }: { value: string }) => value === 'from 0')).toBe(true);
});

test('an owner that tells no address, or does not answer in time, is unavailable', async () => {
  const { first, second, theirs } = await twoWithWords({ peerTimeoutMs: 50 });
  const { endpoint } = second;
  second.endpoint = null;
  expect((await first.get(`/stores/words/${theirs}`)).body.error).toContain('tells no address (set "server"');
  second.endpoint = endpoint;
  second.service.route('GET', '/slow/stores/words/{key}', () => new Promise(() => undefined));
  second.endpoint = `${endpoint}/slow`;
  expect((await first.get(`/stores/words/${theirs}`)).body.error).toMatch(/does not answer \(.*timeout/);
});

test('a key that looks like a number is text, unless it is said to be JSON', async () => {
  const json = Serdes.json<string | number>();
  const { cluster, instances } = await start(Stores.keyValueStore('n', { key: json, value: text }), 2, 2);
  const stores = instances.map((instance, partition) =>
    cluster.give<KeyValueStore<string | number, string>>(instance, partition),
  );
  for (const key of ['5', 5]) stores[cluster.partitionOf(key)]?.put(key, typeof key);
  for (const { url, get } of instances.map((each) => ({ url: each.url, get: each.get.bind(each) }))) {
    expect((await get('/stores/n/5')).body, url).toEqual({ key: '5', value: 'string' });
    expect((await get('/stores/n/5?keyAs=json')).body, url).toEqual({ key: 5, value: 'number' });
  }
  expect((await instances[0]?.get('/stores/n/%7B?keyAs=json'))?.status).toBe(400);
});

test('windows, sessions and versions are read by key and time', async () => {
  const windows = await start(
    Stores.windowStore('w', { key: text, value: text, windowSizeMs: 10, retentionMs: 1000 }),
    1,
    2,
  );
  const [here, elsewhere] = windows.instances as [QueryInstance, QueryInstance];
  const windowStore = windows.cluster.give<WindowStore<string, string>>(elsewhere, 0);
  for (const [key, start] of [
    ['b', 20],
    ['a', 30],
    ['a', 20],
  ] as const)
    windowStore.put(key, `${key}${start}`, start);
  expect((await here.get('/stores/w/a?from=25')).body).toEqual({
    key: 'a',
    windows: [{ start: 30, end: 40, value: 'a30' }],
  });
  expect((await here.get('/stores/w?to=20')).body.entries).toEqual([
    { key: { key: 'a', window: { start: 20, end: 30 } }, value: 'a20' },
    { key: { key: 'b', window: { start: 20, end: 30 } }, value: 'b20' },
  ]);

  const sessions = await start(Stores.sessionStore('s', { key: text, value: text, retentionMs: 1000 }), 1, 2);
  const [asked, owner] = sessions.instances as [QueryInstance, QueryInstance];
  const sessionStore = sessions.cluster.give<SessionStore<string, string>>(owner, 0);
  sessionStore.put({ key: 'a', window: { start: 5, end: 15 } }, 'one');
  sessionStore.put({ key: 'a', window: { start: 40, end: 60 } }, 'two');
  expect((await asked.get('/stores/s/a?from=10&to=50')).body).toEqual({
    key: 'a',
    sessions: [
      { start: 5, end: 15, value: 'one' },
      { start: 40, end: 60, value: 'two' },
    ],
  });
  expect((await asked.get('/stores/s?from=16')).body.entries).toEqual([
    { key: { key: 'a', window: { start: 40, end: 60 } }, value: 'two' },
  ]);

  const versions = await start(
    Stores.versionedKeyValueStore('v', { key: text, value: text, historyRetentionMs: 1000 }),
    1,
    2,
  );
  const [reader, keeper] = versions.instances as [QueryInstance, QueryInstance];
  const versioned = versions.cluster.give<VersionedKeyValueStore<string, string>>(keeper, 0);
  versioned.put('k', 'old', 10);
  versioned.put('k', 'new', 20);
  expect((await reader.get('/stores/v/k')).body).toEqual({ key: 'k', value: 'new', timestamp: 20 });
  expect((await reader.get('/stores/v/k?asOf=15')).body).toEqual({ key: 'k', value: 'old', timestamp: 10 });
  expect((await reader.get('/stores/v/k?asOf=5')).status).toBe(404);
  expect((await reader.get('/stores/v')).status).toBe(400);
  expect((await here.get('/stores/w/a?asOf=5')).status).toBe(400);
  expect((await here.get('/stores/w/a?from=x')).status).toBe(400);
});

test('whoever is asked, however the keys are spread: the same answer as from one store', async () => {
  const key = fc.stringMatching(/^[a-d]{1,3}$/);
  const spread = fc.array(fc.nat({ max: 2 }), { minLength: 4, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(key, { maxLength: 12 }),
      spread,
      fc.record({ from: key, to: key, limit: fc.integer({ min: 1, max: 15 }), asked: fc.nat({ max: 2 }) }),
      async (keys, owners, { from, to, limit, asked }) => {
        const { cluster, instances } = await start(words(), 4, 3);
        const stores = owners.map((owner, partition) => {
          const instance = instances[owner];
          if (instance === undefined) throw new Error('No such instance.');
          return cluster.give<KeyValueStore<string, string>>(instance, partition);
        });
        for (const each of keys) stores[cluster.partitionOf(each)]?.put(each, each);
        const answer = await instances[asked]?.get(`/stores/words?from=${from}&to=${to}&limit=${limit}`);
        const expected = keys.filter((each) => each >= from && each <= to).sort();
        expect(answer?.body.entries.map((entry: { key: string }) => entry.key)).toEqual(
          expected.slice(0, limit),
        );
        expect(answer?.body.more).toBe(expected.length > limit);
        await cluster.close();
      },
    ),
    { numRuns: 30 },
  );
});
