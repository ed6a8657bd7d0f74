import {
  consumerGroupDescribeV0,
  decodeConsumerProtocolAssignment,
  describeGroupsV5,
} from '@platformatic/kafka';
import type {
  GroupDescription,
  GroupListing,
  GroupMemberView,
  GroupType,
} from '#shared/contract/cluster-types.ts';
import type { BrokerLink } from './broker-connections.ts';
import {
  type DescribedShareGroup,
  type DescribedStreamsGroup,
  type StreamsMember,
  shareGroupDescribe,
  streamsGroupDescribe,
} from './group-protocol.ts';
import { answerOf, errorCodes, isPassing, KafkaRefusal } from './kafka-failure.ts';

type KnownType = Exclude<GroupType, 'unknown'>;
type ClassicMember = describeGroupsV5.DescribeGroupsResponse['groups'][number]['members'][number];
type Described = Omit<GroupDescription, 'coordinator'>;
type Ask = (link: BrokerLink, ids: string[]) => Promise<Described[]>;

interface Describer {
  readonly apiKey: number;
  readonly version: number;
  readonly ask: Ask;
}

/** Each kind of group has its request; a group of another kind answers "not found" or, to the classic one, "Dead". */
const describers: Readonly<Record<KnownType, Describer>> = {
  classic: { apiKey: 15, version: 5, ask: describeClassic },
  consumer: { apiKey: 69, version: 0, ask: describeConsumer },
  share: { apiKey: 77, version: 1, ask: describeShare },
  streams: { apiKey: 89, version: 0, ask: describeStreams },
};
const askingOrder: readonly KnownType[] = ['classic', 'consumer', 'share', 'streams'];

/** Describes groups of one coordinator, whatever kind they are; one that is of no kind known there is left out. */
export async function describeOnCoordinator(
  link: BrokerLink,
  ids: readonly string[],
  kindOf: (id: string) => GroupType | undefined,
): Promise<Described[]> {
  const found = new Map<string, Described>();
  for (const trusting of [true, false]) {
    for (const type of askingOrder) {
      const asked = ids.filter((id) => !found.has(id) && fits(kindOf(id), type, trusting));
      const { apiKey, version, ask } = describers[type];
      if (asked.length === 0 || (link.maxVersions.get(apiKey) ?? -1) < version) continue;
      for (const group of await ask(link, asked)) found.set(group.id, group);
    }
  }
  return [...found.values()];
}

/** A group that is listed, but of which the broker tells no more. */
export function describeListed(listing: GroupListing): Described {
  const incomplete = `The members of this ${listing.type} group cannot be read: the broker has no such request.`;
  return { ...listing, assignor: '', members: [], incomplete };
}

function fits(remembered: GroupType | undefined, type: KnownType, trusting: boolean): boolean {
  const known = remembered !== undefined && remembered !== 'unknown';
  return trusting && known ? remembered === type : !trusting || !known;
}

async function describeClassic({ connection }: BrokerLink, ids: string[]): Promise<Described[]> {
  const { groups } = await answerOf(describeGroupsV5.api.async(connection, ids, false));
  return groups.filter(isThere).flatMap((group) => {
    if (group.groupState === 'Dead') return [];
    const { groupId: id, groupState: state, protocolType } = group;
    const readable = protocolType === 'consumer' || protocolType === '';
    const incomplete = readable
      ? null
      : `The assignments of its members are in the protocol "${protocolType}", that cannot be read here.`;
    const members = group.members.map((member) => toClassicMember(member, readable));
    return [{ id, type: 'classic', state, protocolType, assignor: group.protocolData, members, incomplete }];
  });
}

async function describeConsumer({ connection }: BrokerLink, ids: string[]): Promise<Described[]> {
  const { groups } = await answerOf(consumerGroupDescribeV0.api.async(connection, ids, false));
  return groups.filter(isThere).map((group) => ({
    id: group.groupId,
    type: 'consumer',
    state: group.groupState,
    protocolType: 'consumer',
    assignor: group.assignorName,
    members: group.members.map((member) => ({
      memberId: member.memberId,
      instanceId: member.instanceId ?? null,
      clientId: member.clientId,
      host: member.clientHost,
      assignments: member.assignment.topicPartitions.map(({ topicName, partitions }) => ({
        topic: topicName,
        partitions: partitions.toSorted((a, b) => a - b),
      })),
    })),
    incomplete: null,
  }));
}

async function describeShare({ connection }: BrokerLink, ids: string[]): Promise<Described[]> {
  const groups = await shareGroupDescribe.async(connection, ids);
  return groups.filter(isThere).map((group: DescribedShareGroup) => ({
    id: group.groupId,
    type: 'share',
    state: group.state,
    protocolType: 'share',
    assignor: group.assignor,
    members: group.members.map(({ assigned, ...member }) => ({
      ...member,
      assignments: assigned.map(({ topic, partitions }) => ({ topic, partitions: [...partitions] })),
    })),
    incomplete: null,
  }));
}

async function describeStreams({ connection }: BrokerLink, ids: string[]): Promise<Described[]> {
  const groups = await streamsGroupDescribe.async(connection, ids);
  return groups.filter(isThere).map((group: DescribedStreamsGroup) => ({
    id: group.groupId,
    type: 'streams',
    state: group.state,
    protocolType: 'streams',
    assignor: group.assignor,
    members: group.members.map((member) => toStreamsMember(member, group)),
    incomplete: group.subtopologies
      ? null
      : 'The group has no topology that fits its topics, so it is not known who reads which partition.',
  }));
}

/** Passing errors are thrown, to be asked again; a group that is not there is of another kind, or gone. */
function isThere({ errorCode, groupId }: { readonly errorCode: number; readonly groupId: string }): boolean {
  if (errorCode === errorCodes.none) return true;
  if (isPassing(errorCode) || errorCode === errorCodes.groupAuthorizationFailed) {
    throw new KafkaRefusal(errorCode, `the group "${groupId}" is not described`);
  }
  return false;
}

function toClassicMember(member: ClassicMember, readable: boolean): GroupMemberView {
  const bytes = member.memberAssignment;
  const assigned =
    readable && bytes.length > 0 ? decodeConsumerProtocolAssignment(bytes).assignedPartitions : [];
  return {
    memberId: member.memberId,
    instanceId: member.groupInstanceId ?? null,
    clientId: member.clientId,
    host: member.clientHost,
    assignments: assigned.map(({ topic, partitions }) => ({
      topic,
      partitions: partitions.toSorted((a, b) => a - b),
    })),
  };
}

/** A task reads its partition of every source topic of its subtopology. */
function toStreamsMember(
  { activeTasks, ...member }: StreamsMember,
  group: DescribedStreamsGroup,
): GroupMemberView {
  const assignments = activeTasks.flatMap(({ subtopology, partitions }) => {
    const known = group.subtopologies?.find(({ id }) => id === subtopology);
    const topics = [...(known?.sourceTopics ?? []), ...(known?.repartitionSourceTopics ?? [])];
    return topics.map((topic) => ({ topic, partitions: [...partitions] }));
  });
  return { ...member, assignments };
}
