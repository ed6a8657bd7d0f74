import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClusterPort } from './cluster-port.ts';
import {
  testReading,
  testRecords,
  testTransactions,
  testTrimming,
  testWaiting,
} from './cluster-records-suite.ts';
import {
  type ClusterUnderTest,
  type Current,
  makeTopic,
  numbered,
  readOnce,
} from './cluster-under-test-suite.ts';

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

function testGroups(current: Current): void {
  it('leaves out a group that does not exist', async () => {
    const { port } = current();
    expect(await port.describeGroups(['there-is-no-such-group'])).toEqual([]);
    expect(await port.committedOffsets('there-is-no-such-group')).toEqual([]);
    expect((await port.listGroups()).map(({ id }) => id)).not.toContain('there-is-no-such-group');
    expect(await port.describeGroups([])).toEqual([]);
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
