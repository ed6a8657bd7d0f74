import { Connection, findCoordinatorV4, offsetCommitV8, Producer } from '@platformatic/kafka';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OverlayEvent, TailEvent } from '#shared/contract/inspect.ts';
import { compileFilter } from '#shared/expressions/compile-filter.ts';
import { type LocalCluster, startLocalCluster } from '#tools/kafka/local-cluster.ts';
import type { ClusterPort, NewRecord } from '../clusters/cluster-port.ts';
import { connectKafka } from '../clusters/kafka/connect-kafka.ts';
import { describeGroup } from './groups.ts';
import { createOverlay, watchOverlay } from './overlay.ts';
import { readStore } from './store.ts';
import { type TailRequest, tailTopic } from './tail.ts';
import { describeTopic } from './topic-detail.ts';

let kafka: LocalCluster;
let bootstrap: string;
let port: ClusterPort;
beforeAll(async () => {
  kafka = await startLocalCluster();
  bootstrap = kafka.bootstrapServers.join(',');
  port = await connectKafka(bootstrap);
});
afterAll(async () => {
  await port.close();
  await kafka.stop();
});

describe('a topic', () => {
  it('is described with offsets, leaders and configuration', async () => {
    const topic = await makeTopic('described', 2, { 'retention.ms': '1000000' });
    await port.produce(topic, texts(['a', 'b']));
    const described = await describeTopic(port, topic);
    const offsets = { startOffset: 0, endOffset: 2, lastStableOffset: 2 };
    expect(described.partitions[0]).toEqual({
      partition: 0,
      leader: 1,
      replicas: [1],
      inSync: [1],
      ...offsets,
    });
    const set = described.configs.filter(({ overridden }) => overridden);
    expect(set).toEqual([{ name: 'retention.ms', value: '1000000', overridden: true }]);
    await expect(describeTopic(port, 'there-is-none')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a tail', () => {
  it('shows all of a history in order, and then what comes', async () => {
    const topic = await makeTopic('history', 3);
    const before = Array.from({ length: 6_000 }, (_, index) => ({
      ...text(`${index}`),
      partition: index % 3,
    }));
    await port.produce(topic, before);
    await using tail = startTail({ topic, from: 'start' });
    await expect.poll(() => tail.values().length, { timeout: 60_000 }).toBe(6_000);
    await port.produce(topic, [{ ...text('live'), partition: 1 }]);
    await expect.poll(() => tail.values().at(-1), { timeout: 10_000 }).toBe('live');
    expect(tail.dropped()).toBe(0);
    for (const partition of [0, 1, 2]) {
      const shown = tail.records().filter((record) => record.partition === partition);
      expect(shown.map(({ offset }) => offset)).toEqual(shown.map((_, index) => index));
    }
    expect(tail.positions()).toEqual([
      { partition: 0, next: 2_000, end: 2_000 },
      { partition: 1, next: 2_001, end: 2_001 },
      { partition: 2, next: 2_000, end: 2_000 },
    ]);
    expect(Math.max(...tail.events.map(({ records }) => records.length))).toBeLessThanOrEqual(500);
  });

  it('keeps up with more than it can show, and counts every record it leaves out', async () => {
    const topic = await makeTopic('busy', 2);
    await using tail = startTail({ topic, from: 'end' });
    await expect.poll(() => tail.events.length).toBeGreaterThan(0);
    const many = Array.from({ length: 5_000 }, (_, index) => ({ ...text(`${index}`), partition: index % 2 }));
    for (let round = 0; round < 12; round += 1) await port.produce(topic, many);
    await expect.poll(() => tail.records().length + tail.dropped(), { timeout: 60_000 }).toBe(60_000);
    expect(tail.dropped()).toBeGreaterThan(0);
    expect(tail.values().at(-1)).toMatch(/^499[89]$/);
  });

  it.each([
    ['the last of each partition', { last: 2 }, ['3', '4']],
    ['an offset', { offset: 1 }, ['1', '2', '3', '4']],
    ['an offset beyond the end', { offset: 99 }, []],
    ['a time', { timestamp: 1_002 }, ['2', '3', '4']],
    ['a time that has not come', { timestamp: 9_000 }, []],
    ['the end', 'end', []],
  ] as const)('begins at %s', async (name, from, expected) => {
    const topic = await makeTopic(`start-${name.replaceAll(' ', '-')}`, 1);
    await port.produce(topic, texts(['0', '1', '2', '3', '4']));
    await using tail = startTail({ topic, partition: 0, from });
    await expect.poll(() => tail.positions()).toEqual([{ partition: 0, next: 5, end: 5 }]);
    await expect.poll(() => tail.values()).toEqual(expected);
  });

  it('shows only what passes the filter, and tells when the filter cannot say', async () => {
    const topic = await makeTopic('filtered', 1);
    const filter = compileFilter('value.amount > 10 && partition == 0 && headers.kind == "card"');
    if (!filter.ok) throw new Error(filter.error[0]?.message);
    const headers = [{ key: 'kind', value: Buffer.from('card') }];
    await port.produce(topic, [
      { ...text('{"amount": 5}'), headers },
      { ...text('{"amount": 50}'), headers },
      { ...text('not json'), headers },
      { ...text('{"amount": 500}'), headers },
    ]);
    await using tail = startTail({ topic, from: 'start', filter: filter.value });
    await expect.poll(() => tail.values()).toEqual(['{"amount": 50}', '{"amount": 500}']);
    await expect.poll(() => tail.positions()[0]?.next).toBe(4);
    expect(tail.events.map(({ filterError }) => filterError).find((error) => error !== null)).toMatch(/\.$/);
  });

  it('does not show what a transaction took back', async () => {
    const topic = await makeTopic('transactional', 1);
    await transact(topic, ['kept'], true);
    await transact(topic, ['taken back'], false);
    await using committed = startTail({ topic, from: 'start' });
    await using all = startTail({ topic, from: 'start', isolation: 'read_uncommitted' });
    await expect.poll(() => all.values()).toEqual(['kept', 'taken back']);
    await expect.poll(() => committed.positions()).toEqual([{ partition: 0, next: 4, end: 4 }]);
    expect(committed.values()).toEqual(['kept']);
  });

  it('ends with the topic it cannot find', async () => {
    const request = {
      topic: 'there-is-none',
      partition: null,
      from: 'end',
      isolation: 'read_committed',
    } as const;
    const tailing = tailTopic(port, request, () => undefined, new AbortController().signal);
    await expect(tailing).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('the lag of a group', () => {
  it('is counted by partition, with the age of the first record that waits', async () => {
    const topic = await makeTopic('lagging', 2);
    const old = Date.now() - 60_000;
    await port.produce(
      topic,
      ['a', 'b', 'c'].map((value) => ({ ...text(value), timestamp: old })),
    );
    await commitOffsets('reader', topic, [1, 0]);
    const { group, lag } = await describeGroup(port, 'reader');
    expect(group).toMatchObject({ type: 'classic', state: 'Empty', members: [] });
    expect(lag).toMatchObject([
      { partition: 0, committed: 1, startOffset: 0, endOffset: 3, lag: 2, owner: null },
      { partition: 1, committed: 0, startOffset: 0, endOffset: 0, lag: 0, lagMs: 0, owner: null },
    ]);
    expect(lag[0]?.lagMs).toBeGreaterThanOrEqual(60_000);
    expect(lag[0]?.lagMs).toBeLessThan(600_000);
  });

  it('is nothing when only the mark of a transaction is left', async () => {
    const topic = await makeTopic('marked', 1);
    await transact(topic, ['a', 'b'], true);
    await commitOffsets('exact-reader', topic, [2]);
    const { lag } = await describeGroup(port, 'exact-reader');
    expect(lag).toMatchObject([{ committed: 2, endOffset: 3, lag: 0, lagMs: 0 }]);
  });

  it('names a group that is not there', async () => {
    await expect(describeGroup(port, 'there-is-none')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a state store', () => {
  it('holds the last value of every key that was not deleted', async () => {
    const topic = await makeTopic('app-balances-changelog', 2, { 'cleanup.policy': 'compact' });
    const rounds = ['1', '2', '3'].flatMap((value) =>
      ['ann', 'bob', 'cid', 'dora'].map((key) => pair(key, value)),
    );
    await port.produce(topic, [...rounds, pair('bob', null), pair('dora', null), pair('dora', '9')]);
    const store = await readStore(port, { topic, kind: 'auto', limit: 100 });
    expect(contentOf(store)).toEqual([
      ['ann', '3'],
      ['cid', '3'],
      ['dora', '9'],
    ]);
    expect(store).toMatchObject({
      kind: 'keyValue',
      kindInferred: true,
      keys: 3,
      scanned: 15,
      stopped: 'end',
    });
    expect(store.asOf.every(({ offset, end }) => offset === end)).toBe(true);
    const cut = await readStore(port, { topic, kind: 'keyValue', limit: 2 });
    expect([contentOf(cut).length, cut.keys, cut.kindInferred]).toEqual([2, 3, false]);
    const found = await readStore(port, { topic, kind: 'auto', limit: 10, contains: 'DOR' });
    expect(contentOf(found)).toEqual([['dora', '9']]);
  });

  it('leaves out what is not committed', async () => {
    const topic = await makeTopic('app-exact-changelog', 1, { 'cleanup.policy': 'compact' });
    await transact(topic, ['committed'], true, 'a');
    await transact(topic, ['aborted'], false, 'a');
    const store = await readStore(port, { topic, kind: 'auto', limit: 10 });
    expect(contentOf(store)).toEqual([['a', 'committed']]);
    expect(store.asOf).toEqual([{ partition: 0, offset: 4, end: 4 }]);
  });

  it('shows keys and windows of a windowed store', async () => {
    const configs = { 'cleanup.policy': 'compact,delete' };
    const topic = await makeTopic('app-counts-changelog', 1, configs);
    const start = Date.now() - 5_000;
    const suffix = Buffer.alloc(12);
    suffix.writeBigInt64BE(BigInt(start));
    const count = Buffer.from([0, 0, 0, 0, 0, 0, 0, 7]);
    await port.produce(topic, [{ key: Buffer.concat([Buffer.from('ann'), suffix]), value: count }]);
    const store = await readStore(port, { topic, kind: 'auto', limit: 10, windowSizeMs: 60_000 });
    expect(store.kind).toBe('window');
    expect(store.entries).toMatchObject([
      { key: { text: 'ann' }, window: { start, end: start + 60_000 }, value: { kind: 'long', text: '7' } },
    ]);
  });

  it('says how far it came when it stops early', async () => {
    const topic = await makeTopic('app-large-changelog', 1, { 'cleanup.policy': 'compact' });
    const write = (from: number) =>
      port.produce(
        topic,
        Array.from({ length: 2_000 }, (_, index) => pair(`${from + index}`, 'x'.repeat(1_000))),
      );
    for (const from of [0, 2_000, 4_000]) await write(from);
    const store = await readStore(port, { topic, kind: 'auto', limit: 10, scan: { records: 100 } });
    expect(store.stopped).toBe('scan-limit');
    expect(store.asOf[0]?.end).toBe(6_000);
    expect(store.asOf[0]?.offset).toBe(store.scanned);
    expect(store.scanned).toBeLessThan(6_000);
    const giveUp = AbortSignal.abort();
    await expect(readStore(port, { topic, kind: 'auto', limit: 10 }, giveUp)).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});

describe('the overlay', () => {
  it('tells rates and lag of what it was asked for, and leaves out what is not there', async () => {
    const topic = await makeTopic('overlaid', 2);
    await commitOffsets('overlaid-reader', topic, [0, 0]);
    const overlay = createOverlay(port, {
      topics: [topic, 'no-topic'],
      groups: ['overlaid-reader', 'none'],
      everyMs: 250,
    });
    const signal = new AbortController().signal;
    const first = await overlay.sample(signal);
    expect(first.failure).toBeNull();
    expect(first.topics).toEqual([{ name: topic, partitions: 2, records: 0, rate: null }]);
    await port.produce(topic, texts(['a', 'b', 'c', 'd']));
    await commitOffsets('overlaid-reader', topic, [1, 0]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const second = await overlay.sample(signal);
    expect(second.topics).toMatchObject([{ records: 4 }]);
    expect(second.topics[0]?.rate).toBeGreaterThan(0);
    expect(second.groups).toMatchObject([
      {
        id: 'overlaid-reader',
        type: 'classic',
        state: 'Empty',
        members: 0,
        lag: 3,
        topics: [{ topic, lag: 3 }],
      },
    ]);
    expect(second.groups[0]?.topics[0]?.rate).toBeGreaterThan(0);
  });

  it('tells that the cluster is gone beside the last figures, and goes on when it is back', async () => {
    const own = await startLocalCluster();
    const ownPort = await connectKafka(own.bootstrapServers.join(','));
    await ownPort.createTopics([{ name: 'kept', partitions: 1, replication: 1, configs: {} }]);
    const events: OverlayEvent[] = [];
    const stop = new AbortController();
    const request = { topics: ['kept'], groups: [], everyMs: 250 };
    const watching = watchOverlay(ownPort, request, (event) => events.push(event), stop.signal);
    await expect.poll(() => events.length).toBeGreaterThan(1);
    await own.brokers[0]?.stop();
    await expect
      .poll(() => events.at(-1)?.failure, { timeout: 30_000 })
      .toMatch(/No Kafka broker answers at .*\.$/);
    expect(events.at(-1)?.topics).toMatchObject([{ name: 'kept' }]);
    await own.brokers[0]?.restart();
    await expect.poll(() => events.at(-1)?.failure, { timeout: 30_000 }).toBeNull();
    stop.abort();
    await watching;
    await ownPort.close();
    await own.stop();
  });
});

function startTail(request: Pick<TailRequest, 'topic' | 'from'> & Partial<TailRequest>) {
  const events: TailEvent[] = [];
  const stop = new AbortController();
  const full = { partition: null, isolation: 'read_committed', ...request } as const;
  const tailing = tailTopic(port, full, (event) => events.push(event), stop.signal);
  const records = () => events.flatMap((event) => event.records);
  return {
    events,
    records,
    values: () => records().map(({ value }) => value.text),
    positions: () => events.at(-1)?.positions ?? [],
    dropped: () => events.reduce((sum, { dropped }) => sum + dropped, 0),
    async [Symbol.asyncDispose]() {
      stop.abort();
      await tailing;
    },
  };
}

async function makeTopic(
  name: string,
  partitions: number,
  configs: Record<string, string> = {},
): Promise<string> {
  await port.createTopics([{ name, partitions, replication: 1, configs }]);
  return name;
}

function text(value: string): NewRecord {
  return { partition: 0, key: null, value: Buffer.from(value) };
}

function texts(values: readonly string[]): NewRecord[] {
  return values.map((value, index) => ({ ...text(value), timestamp: 1_000 + index }));
}

function pair(key: string, value: string | null): NewRecord {
  return { key: Buffer.from(key), value: value === null ? null : Buffer.from(value) };
}

function contentOf(store: Awaited<ReturnType<typeof readStore>>): [string, string][] {
  return store.entries.map(({ key, value }) => [key.text, value.text]);
}

async function transact(
  topic: string,
  values: readonly string[],
  commit: boolean,
  key?: string,
): Promise<void> {
  const producer = new Producer({
    clientId: 'test',
    bootstrapBrokers: [bootstrap],
    transactionalId: `test-${Math.random()}`,
    idempotent: true,
    retries: 20,
  });
  const transaction = await producer.beginTransaction();
  const keyed = key === undefined ? {} : { key: Buffer.from(key) };
  await transaction.send({
    messages: values.map((value) => ({ topic, partition: 0, value: Buffer.from(value), ...keyed })),
  });
  await (commit ? transaction.commit() : transaction.abort());
  await producer.close();
}

/** As a program that commits without being a member of the group. */
async function commitOffsets(group: string, topic: string, offsets: readonly number[]): Promise<void> {
  const connection = new Connection('test');
  const [host = '', brokerPort] = bootstrap.split(':');
  await connection.connect(host, Number(brokerPort));
  const partitions = offsets.map((offset, partitionIndex) => ({
    partitionIndex,
    committedOffset: BigInt(offset),
    committedLeaderEpoch: -1,
    committedMetadata: '',
  }));
  const topics = [{ name: topic, partitions }];
  const commit = async () => {
    await findCoordinatorV4.api.async(connection, 0, [group]);
    await offsetCommitV8.api.async(connection, group, -1, '', null, topics);
    return true;
  };
  await expect.poll(() => commit().catch(String), { timeout: 30_000 }).toBe(true);
  await connection.close();
}
