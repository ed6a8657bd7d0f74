import { Connection, Consumer, createAPI, type Reader, Writer } from '@platformatic/kafka';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalCluster, startLocalCluster } from '#tools/kafka/local-cluster.ts';
import type { ClusterPort } from '../cluster-port.ts';
import { connectKafka } from './connect-kafka.ts';

let kafka: LocalCluster;
let bootstrap: string;
let port: ClusterPort;
beforeAll(async () => {
  kafka = await startLocalCluster();
  bootstrap = kafka.bootstrapServers.join(',');
  port = await connectKafka(bootstrap);
  await port.createTopics([{ name: 'orders', partitions: 2, replication: 1, configs: {} }]);
  await port.produce(
    'orders',
    [0, 1].map((partition) => ({ partition, key: null, value: Buffer.from('x') })),
  );
});
afterAll(async () => {
  await port.close();
  await kafka.stop();
});

const bothPartitions = [{ topic: 'orders', partitions: [0, 1] }];
const bothCommitted = [
  { topic: 'orders', partition: 0, offset: 1, metadata: '' },
  { topic: 'orders', partition: 1, offset: 1, metadata: '' },
];

describe('groups of every kind', () => {
  it('are not there on a new cluster, and looking for them makes nothing', async () => {
    expect(await port.listGroups()).toEqual([]);
    expect(await port.describeGroups(['any'])).toEqual([]);
    expect(await port.committedOffsets('any')).toEqual([]);
    expect((await port.listTopics()).map(({ name }) => name)).toEqual(['orders']);
  });

  it.each([
    { type: 'classic', assignor: 'roundrobin' },
    { type: 'consumer', assignor: 'uniform' },
  ] as const)('describes a $type group with its members and offsets', async ({ type, assignor }) => {
    const groupId = `group-${type}`;
    const options = {
      groupId,
      clientId: `client-${type}`,
      bootstrapBrokers: [bootstrap],
      groupProtocol: type,
    };
    const consumer = new Consumer(options);
    const stream = await consumer.consume({ topics: ['orders'], mode: 'earliest', autocommit: 50 });
    stream.on('data', () => undefined);
    await expect.poll(() => port.committedOffsets(groupId), { timeout: 30_000 }).toEqual(bothCommitted);
    expect(await port.listGroups()).toContainEqual({
      id: groupId,
      type,
      state: 'Stable',
      protocolType: 'consumer',
    });
    const member = { clientId: `client-${type}`, assignments: bothPartitions };
    expect(await port.describeGroups([groupId])).toMatchObject([
      { id: groupId, type, state: 'Stable', assignor, members: [member], incomplete: null, coordinator: 1 },
    ]);
    await consumer.close(true);
    await expect
      .poll(() => port.describeGroups([groupId]))
      .toMatchObject([{ type, state: 'Empty', members: [] }]);
  });

  it('describes a share group', async () => {
    await using member = await joinShareGroup('group-share', 'orders');
    await expect
      .poll(() => member.beat().then(() => port.describeGroups(['group-share'])), { timeout: 30_000 })
      .toMatchObject([
        {
          type: 'share',
          state: 'Stable',
          assignor: 'simple',
          members: [{ clientId: 'share-client', assignments: bothPartitions }],
          incomplete: null,
        },
      ]);
    expect(await port.listGroups()).toContainEqual({
      id: 'group-share',
      type: 'share',
      state: 'Stable',
      protocolType: 'share',
    });
  });

  it('gives the start offsets of a share group as its committed ones', async () => {
    await setShareOffsets('group-share-offsets', 'orders', [1, 0]);
    const offsets = [1, 0].map((offset, partition) => ({ topic: 'orders', partition, offset, metadata: '' }));
    expect((await port.committedOffsets('group-share-offsets')).toSorted(byPartition)).toEqual(offsets);
    expect(await port.describeGroups(['group-share-offsets'])).toMatchObject([
      { type: 'share', state: 'Empty' },
    ]);
  });

  it('describes a streams group', async () => {
    await using member = await joinStreamsGroup('group-streams', 'orders');
    await expect
      .poll(() => member.beat().then(() => port.describeGroups(['group-streams'])), { timeout: 30_000 })
      .toMatchObject([
        {
          type: 'streams',
          members: [{ clientId: 'streams-client', assignments: bothPartitions }],
          incomplete: null,
        },
      ]);
    const listed = (await port.listGroups()).find(({ id }) => id === 'group-streams');
    expect(listed).toMatchObject({ type: 'streams', protocolType: 'streams' });
    expect(listed?.state).not.toBe('Dead');
  });

  it('describes groups of several kinds at once', async () => {
    const ids = ['group-classic', 'group-consumer', 'group-share-offsets', 'group-streams', 'there-is-none'];
    await using fresh = await connected();
    const kinds = (await fresh.describeGroups(ids)).map(({ id, type }) => `${id} ${type}`);
    expect(kinds.sort()).toEqual([
      'group-classic classic',
      'group-consumer consumer',
      'group-share-offsets share',
      'group-streams streams',
    ]);
    const offsets = await Promise.all(ids.map((id) => fresh.committedOffsets(id)));
    expect(offsets.map(({ length }) => length)).toEqual([2, 2, 2, 0, 0]);
  });
});

interface Heartbeat {
  readonly memberId: string;
  readonly epoch: number;
}

interface Membership extends AsyncDisposable {
  beat(): Promise<void>;
}

// No client for Node speaks these two protocols, so that their members are played by bare heartbeats.
async function joinShareGroup(groupId: string, topic: string): Promise<Membership> {
  const heartbeat = createAPI<[string, number], Heartbeat>(
    76,
    1,
    (memberId: string, epoch: number) =>
      Writer.create()
        .appendString(groupId)
        .appendString(memberId)
        .appendInt32(epoch)
        .appendString(null)
        .appendArray([topic], (writer, name) => writer.appendString(name), true, false)
        .appendTaggedFields(),
    readHeartbeat,
  );
  return join('share-client', (connection, memberId, epoch) => heartbeat.async(connection, memberId, epoch));
}

async function joinStreamsGroup(groupId: string, topic: string): Promise<Membership> {
  const heartbeat = createAPI<[string, number], Heartbeat>(
    88,
    0,
    (memberId: string, epoch: number) => writeStreamsHeartbeat({ groupId, topic, memberId, epoch }),
    readHeartbeat,
  );
  return join('streams-client', (connection, memberId, epoch) =>
    heartbeat.async(connection, memberId, epoch),
  );
}

/** AlterShareGroupOffsets v0, which also makes the group. */
async function setShareOffsets(groupId: string, topic: string, offsets: readonly number[]): Promise<void> {
  const alter = createAPI<[], number>(
    91,
    0,
    () =>
      Writer.create()
        .appendString(groupId)
        .appendArray([topic], (topics, name) =>
          topics
            .appendString(name)
            .appendArray([...offsets], (writer, offset, index) =>
              writer.appendInt32(index).appendInt64(BigInt(offset)),
            ),
        )
        .appendTaggedFields(),
    (_correlation, _key, _version, reader) => {
      reader.readInt32();
      return reader.readInt16();
    },
  );
  await using connection = await connectRaw('share-client');
  await expect.poll(() => alter.async(connection.connection), { timeout: 30_000 }).toBe(0);
}

async function connectRaw(clientId: string): Promise<{ connection: Connection } & AsyncDisposable> {
  const connection = new Connection(clientId);
  const [host = '', brokerPort] = bootstrap.split(':');
  await connection.connect(host, Number(brokerPort));
  return { connection, [Symbol.asyncDispose]: () => connection.close() };
}

async function join(
  clientId: string,
  heartbeat: (connection: Connection, memberId: string, epoch: number) => Promise<Heartbeat>,
): Promise<Membership> {
  const { connection, [Symbol.asyncDispose]: leave } = await connectRaw(clientId);
  let member: Heartbeat = { memberId: 'AAAAAAAAAAAAAAAAAAAAAA', epoch: 0 };
  const beat = async () => {
    const { epoch } = await heartbeat(connection, member.memberId, member.epoch);
    member = { ...member, epoch };
  };
  await expect.poll(() => beat().then(() => true, String), { timeout: 30_000 }).toBe(true);
  return { beat, [Symbol.asyncDispose]: leave };
}

function writeStreamsHeartbeat(of: {
  groupId: string;
  topic: string;
  memberId: string;
  epoch: number;
}): Writer {
  const writer = Writer.create()
    .appendString(of.groupId)
    .appendString(of.memberId)
    .appendInt32(of.epoch)
    .appendInt32(0)
    .appendString(null)
    .appendString(null)
    .appendInt32(of.epoch === 0 ? 30_000 : -1);
  const none = () => undefined;
  if (of.epoch === 0) {
    writer.appendInt8(1).appendInt32(0);
    writer.appendArray([of.topic], (topology, topic) => {
      topology.appendString('0').appendArray([topic], (names, name) => names.appendString(name), true, false);
      for (let list = 0; list < 5; list += 1) topology.appendArray([], none);
    });
    writer.appendTaggedFields();
  } else {
    writer.appendInt8(-1);
  }
  const owned = of.epoch === 0 ? [] : null;
  for (let kind = 0; kind < 3; kind += 1) writer.appendArray(owned, none);
  writer.appendString(of.epoch === 0 ? 'process-1' : null).appendInt8(-1);
  for (let list = 0; list < 3; list += 1) writer.appendArray(list === 0 && of.epoch === 0 ? [] : null, none);
  return writer.appendBoolean(false).appendTaggedFields();
}

function readHeartbeat(_correlation: number, _key: number, _version: number, reader: Reader): Heartbeat {
  reader.readInt32();
  const code = reader.readInt16();
  const message = reader.readNullableString();
  if (code !== 0) throw new Error(message ?? `code ${code}`);
  return { memberId: reader.readNullableString() ?? '', epoch: reader.readInt32() };
}

function byPartition(a: { readonly partition: number }, b: { readonly partition: number }): number {
  return a.partition - b.partition;
}

async function connected(): Promise<ClusterPort & AsyncDisposable> {
  const fresh = await connectKafka(bootstrap);
  return { ...fresh, [Symbol.asyncDispose]: () => fresh.close() };
}
