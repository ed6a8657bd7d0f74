import { beforeAll, describe, expect, it } from 'vitest';
import { buildDesign, buildService, buildTopic } from '#shared/design/testing/build-design.ts';
import { Sandbox } from '../clusters/sandbox/sandbox.ts';
import { readStore } from './store.ts';

const begin = 1_700_000_000_000;
const window = { beforeMs: 1_000, afterMs: 1_000, graceMs: 0 };

/** One service with each kind of store that Kafka Streams makes. */
const service = buildService(
  'app',
  [
    { id: 'clicks', name: 'Clicks', kind: 'stream', topic: 'clicks' },
    { id: 'others', name: 'Others', kind: 'stream', topic: 'others' },
    { id: 'orders', name: 'Orders', kind: 'table', topic: 'orders' },
    { id: 'people', name: 'People', kind: 'table', topic: 'people' },
    {
      id: 'visits',
      name: 'Visits',
      kind: 'aggregate',
      over: 'stream',
      method: 'count',
      output: 'int',
      store: 'visits',
      window: { kind: 'session', gapMs: 5_000, graceMs: 0 },
      suppress: { kind: 'untilWindowCloses' },
    },
    {
      id: 'minutes',
      name: 'Minutes',
      kind: 'aggregate',
      over: 'stream',
      method: 'count',
      output: 'int',
      store: 'minutes',
      window: { kind: 'tumbling', sizeMs: 60_000, graceMs: 0 },
      suppress: { kind: 'untilWindowCloses' },
    },
    {
      id: 'pairs',
      name: 'Pairs',
      kind: 'join',
      inputs: 'streamStream',
      type: 'outer',
      window,
      value: '"pair"',
      output: 'string',
    },
    {
      id: 'owners',
      name: 'Owners',
      kind: 'join',
      inputs: 'foreignKey',
      type: 'left',
      on: 'value',
      value: 'left',
      output: 'string',
    },
    {
      id: 'homes',
      name: 'Homes',
      kind: 'join',
      inputs: 'streamTable',
      type: 'left',
      graceMs: 10_000,
      value: 'left',
      output: 'string',
    },
  ],
  [
    'clicks > visits',
    'clicks > minutes',
    'clicks > pairs.left',
    'others > pairs.right',
    'orders > owners.left',
    'people > owners.right',
    'clicks > homes.left',
    'people > homes.right',
  ],
);
const topics = ['clicks', 'others', 'orders', 'people'].map((id) => buildTopic(id));
const sandbox = new Sandbox(buildDesign({ topics, services: [service] }), {
  startAt: begin,
  realTime: false,
});

beforeAll(async () => {
  sandbox.advance(100);
  const write = async (topic: string, at: number, key: string, value: string | null) => {
    const bytes = value === null ? null : Buffer.from(value);
    const record = { key: Buffer.from(key), value: bytes, timestamp: begin + at, headers: [] };
    await sandbox.port.produce(topic, [record]);
    sandbox.advance(100);
  };
  await write('people', 1_000, 'p1', 'Rome');
  await write('people', 2_000, 'p1', 'Oslo');
  await write('people', 2_500, 'p2', 'Bonn');
  await write('people', 2_600, 'p2', null);
  await write('orders', 3_000, 'o1', 'p1');
  await write('clicks', 3_000, 'p1', '/');
  await write('clicks', 4_000, 'p1', '/prices');
  sandbox.advance(2_000);
  expect(sandbox.state.services[0]?.instances[0]?.failure).toBeNull();
});

const store = (name: string) =>
  readStore(sandbox.port, { topic: `app-${name}-changelog`, kind: 'auto', limit: 10 });

describe('a store’s content, told from its changelog', () => {
  it('of sessions: the raw key, and when the session began and ended', async () => {
    const { kind, entries } = await store('visits');
    expect(kind).toBe('session');
    expect(entries).toMatchObject([
      { key: { text: 'p1' }, window: { start: begin + 3_000, end: begin + 4_000 }, value: { text: '2' } },
    ]);
  });

  it('of results that are held back: key, window, value, and from when they wait', async () => {
    const sessions = await store('visits-suppress');
    expect(sessions.kind).toBe('suppress');
    expect(sessions.entries).toMatchObject([
      { window: { start: begin + 3_000, end: begin + 3_000 }, value: { kind: 'null' } },
      {
        key: { text: 'p1' },
        window: { start: begin + 3_000, end: begin + 4_000 },
        value: { text: '2' },
        timestamp: begin + 4_000,
        detail: { of: 'heldBack', waitsFrom: begin + 4_000, before: { kind: 'null' } },
      },
    ]);
    const start = Math.floor(begin / 60_000) * 60_000;
    expect((await store('minutes-suppress')).entries).toMatchObject([
      {
        key: { text: 'p1' },
        window: { start, end: null },
        value: { kind: 'long', text: '2' },
        detail: { waitsFrom: start + 60_000 },
      },
    ]);
  });

  it('of a table that keeps versions: each with the time in which it was valid', async () => {
    const { kind, entries } = await store('people');
    expect(kind).toBe('versioned');
    expect(entries.map(({ key, value, window: valid }) => [key.text, value.text, valid])).toEqual([
      ['p1', 'Rome', { start: begin + 1_000, end: begin + 2_000 }],
      ['p1', 'Oslo', { start: begin + 2_000, end: null }],
      ['p2', 'Bonn', { start: begin + 2_500, end: begin + 2_600 }],
    ]);
  });

  it('of a foreign-key join: which row points to which', async () => {
    const { kind, entries } = await store('owners-subscription-store');
    expect(kind).toBe('subscription');
    expect(entries).toMatchObject([
      { key: { text: 'p1' }, value: { text: 'o1' }, detail: { of: 'subscribes', partition: 0 } },
    ]);
  });

  it('of an outer join: the records without a partner, and their side', async () => {
    const { kind, entries } = await store('pairs-outer-shared-join-store');
    expect(kind).toBe('outerJoin');
    expect(
      entries.map(({ key, value, timestamp, detail }) => [key.text, value.text, timestamp, detail]),
    ).toEqual([
      ['p1', '/', begin + 3_000, { of: 'waitsForPartner', side: 'left' }],
      ['p1', '/prices', begin + 4_000, { of: 'waitsForPartner', side: 'left' }],
    ]);
  });

  it('of a stream that waits for its table: the records and their times', async () => {
    const { kind, entries } = await store('homes-Buffer');
    expect(kind).toBe('graceBuffer');
    expect(entries.map(({ key, value, timestamp }) => [key.text, value.text, timestamp])).toEqual([
      ['p1', '/', begin + 3_000],
      ['p1', '/prices', begin + 4_000],
    ]);
  });

  it('finds words in decoded keys and values, and shows bytes where a kind does not fit', async () => {
    const ask = { topic: 'app-homes-Buffer-changelog', limit: 10 } as const;
    const found = await readStore(sandbox.port, { ...ask, kind: 'auto', contains: 'PRICES' });
    expect(found.entries.map(({ value }) => value.text)).toEqual(['/prices']);
    const wrong = await readStore(sandbox.port, { ...ask, kind: 'subscription' });
    expect(wrong.entries.map(({ key }) => key.kind)).toEqual(['binary', 'binary']);
  });
});
