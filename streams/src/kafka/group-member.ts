import { setTimeout as sleep } from 'node:timers/promises';
import { StreamsConfigError } from '../errors.ts';
import { messageOf } from '../internals/record-queue.ts';
import { groupAccess, isAccessRefused, nameRefusal } from './access.ts';
import type { GroupIdentity } from './committed-offsets.ts';
import {
  type Assignment,
  encodeMember,
  encodeShares,
  type JoinedMember,
  type MemberInfo,
  type MemberShare,
  readAssignment,
  readMember,
} from './group-assignment.ts';
import type { KafkaConnection } from './kafka-connection.ts';
import { errorType, isRetriable } from './kafka-errors.ts';
import { kafkaInternals } from './kafkajs-internals.ts';
import type { TroubleLog } from './trouble-log.ts';

const PROTOCOL = 'millstream';
const JOINING = 'joining the group';

/** Settings of the membership; names and meanings are those of Kafka's consumer. */
export interface GroupOptions {
  readonly groupId: string;
  /** `group.instance.id`: a restart under the same id takes its place at once. Null: dynamic member. */
  readonly instanceId: string | null;
  readonly sessionTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  readonly rebalanceTimeoutMs: number;
  /** Told of joins that fail for now. */
  readonly troubles: TroubleLog;
}

/** The result of joining. */
export interface JoinResult extends Assignment {
  readonly generation: number;
}

/** The leader's part: shares for all members. */
export type Assign = (members: readonly JoinedMember[]) => Promise<ReadonlyMap<string, MemberShare>>;

interface JoinResponse {
  readonly generationId: number;
  readonly leaderId: string;
  readonly memberId: string;
  readonly members: readonly { readonly memberId: string; readonly memberMetadata: Buffer }[];
}

/**
 * Membership in the application's consumer group (classic protocol, JoinGroup 5): join, take the
 * leader's part when chosen, heartbeat. Knows its generation, which KafkaJS's consumer does not tell.
 */
export class GroupMember {
  readonly #connection: KafkaConnection;
  readonly #options: GroupOptions;
  readonly #onRebalance: (lost: boolean) => void;
  #memberId = '';
  /** The member id of the last assignment: the group has it in its log, not only in a coordinator's memory. */
  #knownMemberId = '';
  #generation = -1;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  /** `onRebalance` is called when the group wants to be joined again; `lost`: the tasks are gone already. */
  constructor(connection: KafkaConnection, options: GroupOptions, onRebalance: (lost: boolean) => void) {
    this.#connection = connection;
    this.#options = options;
    this.#onRebalance = onRebalance;
  }

  get identity(): GroupIdentity {
    const { groupId, instanceId } = this.#options;
    return { groupId, instanceId, memberId: this.#memberId, generation: this.#generation };
  }

  /** Joins until it has an assignment. */
  async join(topics: readonly string[], info: MemberInfo, assign: Assign): Promise<JoinResult> {
    this.#stopHeartbeat();
    for (let delay = 50; ; delay = Math.min(delay * 2, 2_000)) {
      try {
        const joined = await this.#joinOnce(topics, info, assign);
        this.#options.troubles.worked(JOINING);
        return joined;
      } catch (error) {
        if (this.#closed) throw error;
        this.#recover(error);
        this.#options.troubles.failed(JOINING, error);
        await sleep(delay);
        if (isRetriable(error)) await this.#refreshQuietly(error);
      }
    }
  }

  /** Leaves the group, so that the others take over at once. A join may still be blocking our own connection. */
  async leave(connection: KafkaConnection): Promise<void> {
    this.#closed = true;
    this.#stopHeartbeat();
    if (this.#memberId === '') return;
    const { groupId } = this.#options;
    try {
      const coordinator = await connection.groupCoordinator(groupId);
      await coordinator.leaveGroup({ groupId, memberId: this.#memberId });
    } catch (error) {
      // The coordinator notices by itself after the session time-out.
      if (!isRetriable(error) && errorType(error) !== 'UNKNOWN_MEMBER_ID') throw error;
    }
  }

  /** Stops without telling anybody. */
  abandon(): void {
    this.#closed = true;
    this.#stopHeartbeat();
  }

  /** A join is answered when all members have come or were given up. */
  get #patienceMs(): number {
    return this.#options.rebalanceTimeoutMs + this.#options.sessionTimeoutMs + 15_000;
  }

  async #joinOnce(topics: readonly string[], info: MemberInfo, assign: Assign): Promise<JoinResult> {
    const { groupId, instanceId } = this.#options;
    const coordinator = await this.#connection.groupCoordinator(groupId);
    const joined = await this.#sendJoin(topics, info);
    this.#memberId = joined.memberId;
    this.#generation = joined.generationId;
    const isLeader = joined.leaderId === joined.memberId && joined.members.length > 0;
    const members = isLeader ? joined.members.map(readMember) : [];
    const shares = isLeader ? await assign(members) : null;
    const synced = await this.#connection.send<{ memberAssignment: Buffer }>(
      coordinator,
      kafkaInternals().syncGroup({
        groupId,
        generationId: this.#generation,
        memberId: this.#memberId,
        groupInstanceId: instanceId,
        groupAssignment: shares === null ? [] : encodeShares(shares, members, info.topology),
      }),
      this.#patienceMs,
    );
    this.#knownMemberId = this.#memberId;
    this.#startHeartbeat();
    return { generation: this.#generation, ...readAssignment(synced.memberAssignment) };
  }

  async #sendJoin(topics: readonly string[], info: MemberInfo): Promise<JoinResponse> {
    const { groupId, instanceId, sessionTimeoutMs, rebalanceTimeoutMs } = this.#options;
    const metadata = encodeMember(topics, info);
    const request = (memberId: string) =>
      kafkaInternals().joinGroup({
        groupId,
        sessionTimeout: sessionTimeoutMs,
        rebalanceTimeout: rebalanceTimeoutMs,
        memberId,
        groupInstanceId: instanceId,
        protocolType: 'consumer',
        groupProtocols: [{ name: PROTOCOL, metadata }],
      });
    const coordinator = await this.#connection.groupCoordinator(groupId);
    try {
      return await this.#connection.send<JoinResponse>(
        coordinator,
        request(this.#memberId),
        this.#patienceMs,
      );
    } catch (error) {
      if (!hasMemberId(error)) throw error;
      return await this.#connection.send<JoinResponse>(
        coordinator,
        request(error.memberId),
        this.#patienceMs,
      );
    }
  }

  #recover(error: unknown): void {
    if (isAccessRefused(error)) throw nameRefusal(error, [groupAccess(this.#options.groupId)]);
    switch (errorType(error)) {
      case 'UNKNOWN_MEMBER_ID':
        this.#memberId = '';
        this.#onRebalance(true);
        return;
      case 'ILLEGAL_GENERATION':
      case 'REBALANCE_IN_PROGRESS':
        return;
      case 'INCONSISTENT_GROUP_PROTOCOL':
        throw new StreamsConfigError(
          `The group "${this.#options.groupId}" is in use by another kind of client; choose another ` +
            'applicationId or stop that client.',
        );
      case 'FENCED_INSTANCE_ID':
        // Given by a coordinator that was replaced before it wrote the id down; nobody took our place.
        if (this.#memberId !== this.#knownMemberId) {
          this.#memberId = '';
          this.#onRebalance(true);
          return;
        }
        throw new StreamsConfigError(
          `Another instance took the place of instanceId "${this.#options.instanceId}" in the group ` +
            `"${this.#options.groupId}"; give each instance an instanceId of its own.`,
        );
      case 'INVALID_SESSION_TIMEOUT':
        throw new StreamsConfigError(
          `The broker does not accept a sessionTimeoutMs of ${this.#options.sessionTimeoutMs}; ` +
            'see its group.min.session.timeout.ms.',
        );
      default:
        if (!isRetriable(error)) {
          throw new StreamsConfigError(
            `Cannot join the group "${this.#options.groupId}": ${messageOf(error)}`,
          );
        }
    }
  }

  async #refreshQuietly(error: unknown): Promise<void> {
    try {
      await this.#connection.refresh(error);
    } catch (cause) {
      if (!isRetriable(cause)) throw cause;
    }
  }

  #startHeartbeat(): void {
    this.#stopHeartbeat();
    if (this.#closed) return;
    this.#timer = setInterval(() => void this.#heartbeat(), this.#options.heartbeatIntervalMs);
  }

  #stopHeartbeat(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  async #heartbeat(): Promise<void> {
    const { groupId, instanceId } = this.#options;
    const generation = this.#generation;
    try {
      const coordinator = await this.#connection.groupCoordinator(groupId);
      await this.#connection.send(
        coordinator,
        kafkaInternals().heartbeat({
          groupId,
          groupGenerationId: generation,
          memberId: this.#memberId,
          groupInstanceId: instanceId,
        }),
      );
    } catch (error) {
      if (this.#closed || this.#timer === null || generation !== this.#generation) return;
      await this.#heartbeatFailed(error);
    }
  }

  async #heartbeatFailed(error: unknown): Promise<void> {
    const type = errorType(error);
    if (type === 'REBALANCE_IN_PROGRESS') {
      this.#onRebalance(false);
    } else if (
      type === 'UNKNOWN_MEMBER_ID' ||
      type === 'ILLEGAL_GENERATION' ||
      type === 'FENCED_INSTANCE_ID'
    ) {
      this.#stopHeartbeat();
      if (type === 'UNKNOWN_MEMBER_ID') this.#memberId = '';
      this.#onRebalance(true);
    } else {
      await this.#refreshOrRejoin(error);
    }
  }

  /** What a refresh cannot mend is told by the join that follows. */
  async #refreshOrRejoin(error: unknown): Promise<void> {
    try {
      await this.#refreshQuietly(error);
    } catch {
      this.#stopHeartbeat();
      this.#onRebalance(false);
    }
  }
}

function hasMemberId(error: unknown): error is { memberId: string } {
  return (
    typeof error === 'object' &&
    error !== null &&
    'name' in error &&
    error.name === 'KafkaJSMemberIdRequired' &&
    'memberId' in error &&
    typeof error.memberId === 'string'
  );
}
