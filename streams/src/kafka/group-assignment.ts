import { kafkaInternals } from './kafkajs-internals.ts';
import type { MemberTasks } from './task-assignment.ts';

/** What a member tells the leader when it joins. */
export interface MemberInfo extends Omit<MemberTasks, 'memberId'> {
  /** Where it answers queries, `host:port`; null: nowhere. */
  readonly endpoint: string | null;
  /** What its task ids mean (`tasksFingerprint`); null: it does not say. */
  readonly topology: string | null;
  /** How often it did not accept an assignment; a member that says something new has the group rebalanced. */
  readonly objections: number;
}

/** A member as the leader sees it. */
export interface JoinedMember extends MemberInfo {
  readonly memberId: string;
}

/** What a member is given: its tasks, as topic partitions for tools and as task ids for us. */
export interface MemberShare {
  readonly tasks: readonly string[];
  readonly standbys: readonly string[];
  readonly partitions: Readonly<Record<string, number[]>>;
}

/** Who has what, as every member is told. */
export interface ClusterMember {
  readonly endpoint: string | null;
  readonly tasks: readonly string[];
  readonly standbys: readonly string[];
}

/** A member's own part, and the whole. */
export interface Assignment {
  readonly tasks: readonly string[];
  readonly standbys: readonly string[];
  readonly members: readonly ClusterMember[];
  /** What task ids mean to the leader; null: it does not say. */
  readonly topology: string | null;
}

interface RawMember {
  readonly memberId: string;
  readonly memberMetadata: Buffer;
}

export function encodeMember(topics: readonly string[], info: MemberInfo): Buffer {
  return kafkaInternals().encodeMetadata({
    version: 0,
    topics,
    userData: Buffer.from(JSON.stringify(info)),
  });
}

export function readMember({ memberId, memberMetadata }: RawMember): JoinedMember {
  const info = parseUserData<MemberInfo>(kafkaInternals().decodeMetadata(memberMetadata).userData);
  return {
    memberId,
    owned: info.owned ?? [],
    standbys: info.standbys ?? [],
    stored: info.stored ?? {},
    endpoint: info.endpoint ?? null,
    topology: info.topology ?? null,
    objections: info.objections ?? 0,
  };
}

export function encodeShares(
  shares: ReadonlyMap<string, MemberShare>,
  joined: readonly JoinedMember[],
  topology: string | null,
): { readonly memberId: string; readonly memberAssignment: Buffer }[] {
  const endpoints = new Map(joined.map(({ memberId, endpoint }) => [memberId, endpoint]));
  const members = [...shares].map(
    ([memberId, { tasks, standbys }]): ClusterMember => ({
      endpoint: endpoints.get(memberId) ?? null,
      tasks,
      standbys,
    }),
  );
  return [...shares].map(([memberId, { tasks, standbys, partitions }]) => ({
    memberId,
    memberAssignment: kafkaInternals().encodeAssignment({
      version: 0,
      assignment: partitions,
      userData: Buffer.from(JSON.stringify({ tasks, standbys, members, topology } satisfies Assignment)),
    }),
  }));
}

export function readAssignment(assignment: Buffer): Assignment {
  const given = parseUserData<Assignment>(kafkaInternals().decodeAssignment(assignment)?.userData);
  const { tasks = [], standbys = [], members = [], topology = null } = given;
  return { tasks, standbys, members, topology };
}

function parseUserData<T>(bytes: Buffer | undefined): Partial<T> {
  if (bytes === undefined || bytes.length === 0) return {};
  const parsed: Partial<T> = JSON.parse(bytes.toString('utf8'));
  return parsed;
}
