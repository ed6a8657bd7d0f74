import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClusterPort, ClusterRecord, NewRecord, ReadAnswer, ReadRequest } from './cluster-port.ts';

/** A cluster to try, and what can be done to it that the port itself cannot do. */
export interface ClusterUnderTest {
  readonly port: ClusterPort;
  /** Writes the values to partition 0 in one transaction. */
  readonly transact?: (
    topic: string,
    values: readonly string[],
    outcome: 'commit' | 'abort',
  ) => Promise<void>;
  /** Writes the values to partition 0 in a transaction that stays open; what it gives ends it. */
  readonly leaveOpen?: (topic: string, values: readonly string[]) => Promise<() => Promise<void>>;
  /** Removes the records of partition 0 below the offset. */
  readonly trim?: (topic: string, offset: number) => Promise<void>;
  close(): Promise<void>;
}

export interface ClusterPortAbilities {
  readonly transactions: boolean;
  readonly trimming: boolean;
}

/** What every cluster port does. Real Kafka and the sandbox both run it. */
export function testClusterPort(
  name: string,
  abilities: ClusterPortAbilities,
  open: () => Promise<ClusterUnderTest>,
): void {
  describe(`${name} as a cluster port`, () => {
    let cluster: ClusterUnderTest;
    const current = () => cluster;
    beforeAll(async () => {
      cluster = await open();
    });
    afterAll(() => cluster.close());

    testTopics(current);
    testOffsets(current);
    testRecords(current);
    testReading(current);
    testGroups(current);
    testWaiting(current);
    if (abilities.transactions) testTransactions(current);
    if (abilities.trimming) testTrimming(current);
    testClosing(open);
  });
}

type Current = () => ClusterUnderTest;

/** A topic of its own for every test, so that they cannot see each other. */
async function makeTopic(
  { port }: ClusterUnderTest,
  partitions = 1,
  configs: Record<string, string> = {},
): Promise<string> {
  made += 1;
  const name = `suite-${made}-${process.pid}`;
  expect(await port.createTopics([{ name, partitions, replication: -1, configs }])).toEqual([name]);
  return name;
}
let made = 0;

function testTopics(current: Current): void {
  it('describes its brokers', async () => {
    const { kind, brokers } = await current().port.describe();
    expect(['kafka', 'sandbox']).toContain(kind);
    expect(brokers.length).toBeGreaterThan(0);
  });

  it('makes topics and names only those it made', async () => {
    const { port } = current();
    const existing = await makeTopic(current(), 3);
    const topic = (name: string) => ({ name, partitions: 2, replication: -1, configs: {} });
    const other = `${existing}-other`;
    expect(await port.createTopics([topic(existing), topic(other)])).toEqual([other]);
    const listed = (await port.listTopics()).filter(({ name }) => name.startsWith(existing));
    expect(listed.map(({ name, partitions }) => [name, partitions]).sort()).toEqual([
      [existing, 3],
      [other, 2],
    ]);
    expect(listed.every(({ offline, underReplicated }) => offline === 0 && underReplicated === 0)).toBe(true);
  });

  it('lays out the topics there are and leaves out the others', async () => {
    const { port } = current();
    const topic = await makeTopic(current(), 3);
    const layouts = await port.layoutTopics(['there-is-no-such-topic', topic]);
    expect(layouts.map(({ name }) => name)).toEqual([topic]);
    expect(layouts[0]?.partitions.map(({ partition }) => partition)).toEqual([0, 1, 2]);
    expect(layouts[0]?.partitions.every(({ leader }) => leader !== null)).toBe(true);
    expect(await port.layoutTopics([])).toEqual([]);
  });

  it('tells which configuration is set on the topic itself', async () => {
    const { port } = current();
    const topic = await makeTopic(current(), 1, { 'cleanup.policy': 'compact' });
    const configs = await port.topicConfigs(topic);
    expect(configs.find(({ name }) => name === 'cleanup.policy')).toEqual({
      name: 'cleanup.policy',
      value: 'compact',
      overridden: true,
    });
    expect(configs.filter(({ overridden }) => overridden)).toHaveLength(1);
    await expect(port.topicConfigs('there-is-no-such-topic')).rejects.toMatchObject({ code: 'not-found' });
  });
}

function testOffsets(current: Current): void {
  it('finds the start, the end, the last stable offset, and a time', async () => {
    const { port } = current();
    const topic = await makeTopic(current(), 2);
    await port.produce(topic, numbered(10, { partition: 1 }));
    const partitions = [1, 0].map((partition) => ({ topic, partition }));
    const ask = async (at: Parameters<ClusterPort['listOffsets']>[1]) =>
      (await port.listOffsets(partitions, at)).map(({ partition, offset }) => [partition, offset]);
    expect(await ask('earliest')).toEqual([
      [1, 0],
      [0, 0],
    ]);
    expect(await ask('latest')).toEqual([
      [1, 10],
      [0, 0],
    ]);
    expect(await ask('lastStable')).toEqual([
      [1, 10],
      [0, 0],
    ]);
    expect(await ask({ timestamp: 1_004 })).toEqual([
      [1, 4],
      [0, null],
    ]);
    expect(await ask({ timestamp: 5_000 })).toEqual([
      [1, null],
      [0, null],
    ]);
  });

  it('gives null for a partition that is not there', async () => {
    const topic = await makeTopic(current());
    const asked = [
      { topic: 'there-is-no-such-topic', partition: 0 },
      { topic, partition: 9 },
      { topic, partition: 0 },
    ];
    const offsets = await current().port.listOffsets(asked, 'latest');
    expect(offsets.map(({ offset }) => offset)).toEqual([null, null, 0]);
  });
}

function testRecords(current: Current): void {
  it('keeps every byte, null and order of what is written', async () => {
    const { port } = current();
    const topic = await makeTopic(current());
    const written: NewRecord[] = [
      { key: bytes('a'), value: bytes('1'), timestamp: 1_000 },
      { key: bytes('a'), value: null, timestamp: 1_001 },
      { key: null, value: Uint8Array.of(0, 255, 128), timestamp: 1_002 },
      {
        key: Uint8Array.of(),
        value: Uint8Array.of(),
        timestamp: 1_003,
        headers: [
          { key: 'twice', value: bytes('x') },
          { key: 'twice', value: null },
          { key: 'ü', value: Uint8Array.of() },
        ],
      },
    ];
    await port.produce(topic, written);
    const { records } = await readOnce(port, { topic });
    expect(records.map(toPlain)).toEqual(
      written.map(({ key, value, timestamp, headers = [] }, offset) =>
        toPlain({ partition: 0, offset, key, value, timestamp: timestamp ?? 0, headers }),
      ),
    );
  });

  it('chooses partitions by murmur2 of the key, as Kafka does', async () => {
    const { port } = current();
    const topic = await makeTopic(current(), 1_000 / 100);
    // The hashes of Kafka's own UtilsTest.testMurmur2.
    const hashes: readonly (readonly [string, number])[] = [
      ['21', -973_932_308],
      ['foobar', -790_332_482],
      ['a-little-bit-long-string', -985_981_536],
      ['a-little-bit-longer-string', -1_486_304_829],
      ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58_897_971],
      ['abc', 479_470_107],
    ];
    await port.produce(
      topic,
      hashes.map(([key]) => ({ key: bytes(key), value: null })),
    );
    for (const [key, hash] of hashes) {
      const partition = (hash & 0x7fff_ffff) % 10;
      const { records } = await readOnce(port, { topic, partition });
      expect(
        records.map((record) => text(record.key)),
        `partition ${partition}`,
      ).toContain(key);
    }
  });

  it('writes to the partition it is told', async () => {
    const { port } = current();
    const topic = await makeTopic(current(), 3);
    await port.produce(topic, [{ partition: 2, key: bytes('k'), value: bytes('v') }]);
    expect((await readOnce(port, { topic, partition: 2 })).records).toHaveLength(1);
    const wrong = port.produce(topic, [{ partition: 3, key: null, value: null }]);
    await expect(wrong).rejects.toMatchObject({ code: 'not-found' });
  });

  it('does not write to a topic that is not there', async () => {
    const wrong = current().port.produce('there-is-no-such-topic', [{ key: null, value: null }]);
    await expect(wrong).rejects.toMatchObject({ code: 'not-found' });
  });
}

function testReading(current: Current): void {
  it('reads all records once and in order, however small the steps', async () => {
    const { port } = current();
    const topic = await makeTopic(current());
    for (let batch = 0; batch < 10; batch += 1) await port.produce(topic, numbered(30, { from: batch * 30 }));
    const seen: number[] = [];
    for (let from = 0; from < 300; ) {
      const answer = await readOnce(port, { topic, from, maxBytes: 500 });
      expect(answer.next).toBeGreaterThan(from);
      seen.push(...answer.records.map(({ offset }) => offset));
      from = answer.next;
    }
    expect(seen).toEqual(Array.from({ length: 300 }, (_, offset) => offset));
  });

  it('gives a record that is larger than the answer may be', async () => {
    const { port } = current();
    const topic = await makeTopic(current());
    await port.produce(topic, [{ key: null, value: new Uint8Array(50_000) }]);
    const { records, next } = await readOnce(port, { topic, maxBytes: 100 });
    expect(records.map(({ value }) => value?.length)).toEqual([50_000]);
    expect(next).toBe(1);
  });

  it('says where the log begins and ends, and that there is nothing at its end', async () => {
    const { port } = current();
    const topic = await makeTopic(current());
    await port.produce(topic, numbered(5));
    const expected = { records: [], next: 5, startOffset: 0, endOffset: 5, lastStableOffset: 5 };
    expect(await readOnce(port, { topic, from: 5 })).toEqual(expected);
    expect(await readOnce(port, { topic, from: 500 })).toEqual(expected);
  });

  it('names a topic or a partition that is not there', async () => {
    const { port } = current();
    const topic = await makeTopic(current());
    const wrongTopic = readOnce(port, { topic: 'there-is-no-such-topic' });
    await expect(wrongTopic).rejects.toMatchObject({ code: 'not-found' });
    const wrongPartition = readOnce(port, { topic, partition: 1 });
    await expect(wrongPartition).rejects.toMatchObject({ code: 'not-found' });
  });
}

function testGroups(current: Current): void {
  it('leaves out a group that does not exist', async () => {
    const { port } = current();
    expect(await port.describeGroups(['there-is-no-such-group'])).toEqual([]);
    expect(await port.committedOffsets('there-is-no-such-group')).toEqual([]);
    expect((await port.listGroups()).map(({ id }) => id)).not.toContain('there-is-no-such-group');
    expect(await port.describeGroups([])).toEqual([]);
  });
}

function testWaiting(current: Current): void {
  it('is answered when a record arrives while it waits', async () => {
    const { port } = current();
    const topic = await makeTopic(current());
    const waiting = readOnce(port, { topic, maxWaitMs: 10_000 });
    await port.produce(topic, numbered(1));
    expect((await waiting).records).toHaveLength(1);
  });

  it('ends a wait that is given up', async () => {
    const { port } = current();
    const topic = await makeTopic(current());
    const giveUp = new AbortController();
    const waiting = port.read({ ...requestFor({ topic }), maxWaitMs: 10_000 }, giveUp.signal);
    giveUp.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'ClusterError', code: 'cancelled' });
    await expect(port.listTopics(giveUp.signal)).rejects.toMatchObject({ code: 'cancelled' });
    expect((await port.listTopics()).length).toBeGreaterThan(0);
  });
}

function testTransactions(current: Current): void {
  it('hides what was aborted, and moves past it', async () => {
    const { port, transact } = current();
    const topic = await makeTopic(current());
    await transact?.(topic, ['a', 'b'], 'commit');
    await transact?.(topic, ['c', 'd', 'e'], 'abort');
    await transact?.(topic, ['f'], 'commit');
    await transact?.(topic, ['g'], 'abort');
    const committed = await readAll(port, topic, 'read_committed');
    expect(committed.values).toEqual(['a', 'b', 'f']);
    expect(committed.next).toBe(committed.endOffset);
    const all = await readAll(port, topic, 'read_uncommitted');
    expect(all.values).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    expect(all.next).toBe(all.endOffset);
  });

  it('stops committed reading before a transaction that is still open', async () => {
    const { port, leaveOpen } = current();
    const topic = await makeTopic(current());
    await port.produce(topic, [{ partition: 0, key: null, value: bytes('before') }]);
    const end = await leaveOpen?.(topic, ['inside']);
    await port.produce(topic, [{ partition: 0, key: null, value: bytes('after') }]);
    const where = { topic, partition: 0 };
    expect((await port.listOffsets([where], 'lastStable'))[0]?.offset).toBe(1);
    const committed = await readOnce(port, { topic, isolation: 'read_committed' });
    expect(committed.records.map(({ value }) => text(value))).toEqual(['before']);
    expect(committed).toMatchObject({ next: 1, lastStableOffset: 1 });
    const all = await readOnce(port, { topic });
    expect(all.records.map(({ value }) => text(value))).toEqual(['before', 'inside', 'after']);
    await end?.();
  });
}

function testTrimming(current: Current): void {
  it('reads from the start of a log whose first records are gone', async () => {
    const { port, trim } = current();
    const topic = await makeTopic(current());
    await port.produce(topic, numbered(10));
    await trim?.(topic, 6);
    expect((await port.listOffsets([{ topic, partition: 0 }], 'earliest'))[0]?.offset).toBe(6);
    const { records, next, startOffset } = await readOnce(port, { topic, from: 2 });
    expect(records.map(({ offset }) => offset)).toEqual([6, 7, 8, 9]);
    expect({ next, startOffset }).toEqual({ next: 10, startOffset: 6 });
  });
}

function testClosing(open: () => Promise<ClusterUnderTest>): void {
  it('answers no more once it is closed, not even what was asked before', async () => {
    const cluster = await open();
    const topic = await makeTopic(cluster);
    const waiting = readOnce(cluster.port, { topic, maxWaitMs: 10_000 });
    const settled = expect(waiting).rejects.toMatchObject({ code: 'closed' });
    await cluster.port.close();
    await settled;
    await expect(cluster.port.describe()).rejects.toMatchObject({ code: 'closed' });
    await cluster.port.close();
    await cluster.close();
  });
}

function requestFor(request: Partial<ReadRequest> & { readonly topic: string }): ReadRequest {
  return {
    partition: 0,
    from: 0,
    isolation: 'read_uncommitted',
    maxBytes: 1_000_000,
    maxWaitMs: 0,
    ...request,
  };
}

function readOnce(
  port: ClusterPort,
  request: Partial<ReadRequest> & { readonly topic: string },
): Promise<ReadAnswer> {
  return port.read(requestFor(request));
}

async function readAll(port: ClusterPort, topic: string, isolation: ReadRequest['isolation']) {
  const values: string[] = [];
  for (let from = 0; ; ) {
    const answer = await readOnce(port, { topic, from, isolation });
    values.push(...answer.records.map(({ value }) => text(value)));
    if (answer.next >= answer.endOffset) return { values, ...answer };
    expect(answer.next).toBeGreaterThan(from);
    from = answer.next;
  }
}

function numbered(count: number, { from = 0, partition = 0 } = {}): NewRecord[] {
  return Array.from({ length: count }, (_, index) => ({
    partition,
    key: null,
    value: bytes(`value ${from + index}`),
    timestamp: 1_000 + from + index,
  }));
}

function toPlain(record: ClusterRecord) {
  const plain = (part: Uint8Array | null) => (part === null ? null : [...part]);
  const headers = record.headers.map(({ key, value }) => [key, plain(value)]);
  return { ...record, key: plain(record.key), value: plain(record.value), headers };
}

function bytes(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

function text(value: Uint8Array | null): string {
  return value === null ? '(null)' : new TextDecoder().decode(value);
}
