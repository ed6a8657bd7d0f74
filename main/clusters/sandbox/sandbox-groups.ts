import type { ConsumedOffset } from '@millstream/streams';
import type { CommittedOffset, GroupDescription } from '#shared/contract/cluster-types.ts';

/** A member of a group: an instance of a service, and the partitions it reads. */
export interface SandboxMember {
  readonly memberId: string;
  readonly clientId: string;
  assignments: readonly { readonly topic: string; readonly partitions: readonly number[] }[];
}

/** One consumer group: a service's application id. */
export interface SandboxGroup {
  readonly id: string;
  readonly members: Map<string, SandboxMember>;
  rebalancing: boolean;
  readonly committed: Map<string, CommittedOffset>;
  /** What tasks keep with their offsets. */
  readonly progress: Map<string, TaskProgress>;
}

/** How far a task was with a partition, beside the offset. */
export type TaskProgress = Pick<ConsumedOffset, 'partitionTime' | 'processorMetadata'>;

/** The consumer groups of the simulated cluster. */
export class SandboxGroups {
  readonly #groups = new Map<string, SandboxGroup>();

  get ids(): readonly string[] {
    return [...this.#groups.keys()];
  }

  get(id: string): SandboxGroup | undefined {
    return this.#groups.get(id);
  }

  ensure(id: string): SandboxGroup {
    const known = this.#groups.get(id);
    if (known) return known;
    const group: SandboxGroup = {
      id,
      members: new Map(),
      rebalancing: false,
      committed: new Map(),
      progress: new Map(),
    };
    this.#groups.set(id, group);
    return group;
  }

  commit(id: string, offsets: readonly ConsumedOffset[]): void {
    const { committed, progress } = this.ensure(id);
    for (const { topic, partition, offset, partitionTime, processorMetadata } of offsets) {
      const place = `${topic} ${partition}`;
      committed.set(place, { topic, partition, offset, metadata: '' });
      progress.set(place, { partitionTime, processorMetadata: new Map(processorMetadata) });
    }
  }

  progress(id: string, topic: string, partition: number): TaskProgress | null {
    return this.#groups.get(id)?.progress.get(`${topic} ${partition}`) ?? null;
  }

  committed(id: string, topic: string, partition: number): number | null {
    return this.#groups.get(id)?.committed.get(`${topic} ${partition}`)?.offset ?? null;
  }
}

export function groupState(group: SandboxGroup): string {
  if (group.members.size === 0) return 'Empty';
  return group.rebalancing ? 'PreparingRebalance' : 'Stable';
}

export function describeGroup(group: SandboxGroup): GroupDescription {
  return {
    id: group.id,
    type: 'classic',
    state: groupState(group),
    protocolType: 'consumer',
    assignor: 'stream',
    coordinator: 1,
    incomplete: null,
    members: [...group.members.values()].map((member) => ({
      memberId: member.memberId,
      instanceId: null,
      clientId: member.clientId,
      host: 'sandbox',
      assignments: member.assignments.map(({ topic, partitions }) => ({
        topic,
        partitions: [...partitions],
      })),
    })),
  };
}
