import { listGroupsV3, listGroupsV4, listGroupsV5, offsetFetchV8 } from '@platformatic/kafka';
import {
  type CommittedOffset,
  type GroupDescription,
  type GroupListing,
  GroupType,
} from '#shared/contract/cluster-types.ts';
import type { BrokerLink } from './broker-connections.ts';
import type { ClusterWire } from './cluster-wire.ts';
import { describeListed, describeOnCoordinator } from './describe-groups.ts';
import { toExactNumber } from './exact-number.ts';
import type { GroupCoordinators } from './group-coordinators.ts';
import { describeShareGroupOffsets } from './group-protocol.ts';
import { answerOf, errorCodes, KafkaRefusal } from './kafka-failure.ts';
import { patiently } from './patience.ts';

export interface KafkaGroups {
  list(signal: AbortSignal): Promise<GroupListing[]>;
  describe(ids: readonly string[], signal: AbortSignal): Promise<GroupDescription[]>;
  /** Of several groups at once: one request to each coordinator. */
  committed(groups: readonly string[], signal: AbortSignal): Promise<Map<string, CommittedOffset[]>>;
}

const LIST_GROUPS = 16;
const CONSUMER_GROUP_DESCRIBE = 69;
const DESCRIBE_SHARE_OFFSETS = 90;

export function createKafkaGroups(wire: ClusterWire, coordinators: GroupCoordinators): KafkaGroups {
  const types = new Map<string, GroupType>();
  const remember = (groups: readonly GroupListing[]) => {
    for (const { id, type } of groups) types.set(id, type);
  };

  const onCoordinators = <T>(
    groups: readonly string[],
    signal: AbortSignal,
    ask: (link: BrokerLink, ids: readonly string[], broker: number) => Promise<T>,
  ): Promise<T[]> =>
    patiently(signal, async (attempt) => {
      const byBroker = await coordinators.by([...new Set(groups)], attempt > 0);
      const asking = [...byBroker].map(([broker, ids]) =>
        wire.onBroker(broker, (link) => ask(link, ids, broker)),
      );
      return Promise.all(asking);
    });

  return {
    list: (signal) =>
      patiently(signal, async () => {
        const { nodes } = await wire.metadata([]);
        const asking = nodes.brokers.map(({ id }) => wire.onBroker(id, listGroups));
        const groups = (await Promise.all(asking)).flat();
        types.clear();
        remember(groups);
        return groups;
      }),
    async describe(ids, signal) {
      const answers = await onCoordinators(ids, signal, async (link, asked, broker) => {
        const described = await describeOnCoordinator(link, asked, (id) => types.get(id));
        const missing = new Set(asked);
        for (const { id } of described) missing.delete(id);
        const listed = missing.size > 0 ? await listGroups(link) : [];
        const others = listed.filter(({ id }) => missing.has(id)).map(describeListed);
        return [...described, ...others].map((group) => ({ ...group, coordinator: broker }));
      });
      const groups = answers.flat();
      remember(groups);
      return groups;
    },
    async committed(groups, signal) {
      const answers = await onCoordinators(groups, signal, async (link, asked) => {
        const share = asked.filter((id) => types.get(id) === 'share');
        const found = await fetchOffsets(
          link,
          asked.filter((id) => types.get(id) !== 'share'),
        );
        const empty = found
          .filter(([id, offsets]) => offsets.length === 0 && !types.has(id))
          .map(([id]) => id);
        return [...found, ...(await fetchShareOffsets(link, [...share, ...empty]))];
      });
      return new Map(answers.flat());
    },
  };
}

async function listGroups({ connection, maxVersions }: BrokerLink): Promise<GroupListing[]> {
  const version = maxVersions.get(LIST_GROUPS) ?? 0;
  if (version >= 5) {
    const { groups } = await listGroupsV5.api.async(connection, [], []);
    return groups.map(({ groupId, groupState, groupType, protocolType }) => ({
      id: groupId,
      type: toGroupType(groupType),
      state: groupState,
      protocolType,
    }));
  }
  // Before 3.8 a listing has no type; before KIP-848 there was only one.
  const type = maxVersions.has(CONSUMER_GROUP_DESCRIBE) ? 'unknown' : 'classic';
  if (version === 4) {
    const { groups } = await listGroupsV4.api.async(connection, [], []);
    return groups.map(({ groupId: id, groupState: state, protocolType }) => ({
      id,
      type,
      state,
      protocolType,
    }));
  }
  const { groups } = await listGroupsV3.api.async(connection, [], []);
  return groups.map(({ groupId: id, protocolType }) => ({ id, type, state: 'Unknown', protocolType }));
}

function toGroupType(text: string): GroupType {
  const parsed = GroupType.safeParse(text.toLowerCase());
  return parsed.success ? parsed.data : 'unknown';
}

async function fetchOffsets(
  { connection }: BrokerLink,
  ids: readonly string[],
): Promise<[string, CommittedOffset[]][]> {
  if (ids.length === 0) return [];
  const asked = ids.map((groupId) => ({ groupId, memberEpoch: -1, topics: null }));
  const { groups } = await answerOf(offsetFetchV8.api.async(connection, asked, false));
  return groups.map((group) => {
    if (group.errorCode !== errorCodes.none && group.errorCode !== errorCodes.groupIdNotFound) {
      throw new KafkaRefusal(group.errorCode, `the offsets of the group "${group.groupId}" cannot be read`);
    }
    const offsets = group.topics.flatMap(({ name, partitions }) =>
      partitions
        .filter(({ committedOffset }) => committedOffset >= 0n)
        .map(({ partitionIndex, committedOffset, metadata }) => ({
          topic: name,
          partition: partitionIndex,
          offset: toExactNumber(committedOffset, 'offset'),
          metadata: metadata ?? '',
        })),
    );
    return [group.groupId, offsets];
  });
}

/** A share group commits no offsets; its start offset, below which all is settled, stands for one. */
async function fetchShareOffsets(
  { connection, maxVersions }: BrokerLink,
  ids: readonly string[],
): Promise<[string, CommittedOffset[]][]> {
  if (ids.length === 0 || !maxVersions.has(DESCRIBE_SHARE_OFFSETS)) return [];
  const groups = await describeShareGroupOffsets.async(connection, [...ids]);
  return groups
    .filter(({ errorCode }) => errorCode === errorCodes.none)
    .map(({ groupId, offsets }) => [
      groupId,
      offsets
        .filter(({ startOffset }) => startOffset >= 0n)
        .map(({ topic, partition, startOffset }) => ({
          topic,
          partition,
          offset: toExactNumber(startOffset, 'offset'),
          metadata: '',
        })),
    ]);
}
