import { partitionForKey } from '@millstream/streams';
import { ClusterError, type NewTopic } from '../cluster-port.ts';
import { type AppendedRecord, PartitionLog } from './partition-log.ts';

/** A topic of the sandbox: its partitions in memory. */
export interface SandboxTopic {
  readonly name: string;
  readonly internal: boolean;
  readonly replication: number;
  readonly configs: Readonly<Record<string, string>>;
  readonly partitions: readonly PartitionLog[];
}

/** A compacted partition is compacted when it has this many records more than keys could explain. */
const compactAt = 20_000;
/** The sandbox keeps at most this many records in a partition, so that a long session does not fill the memory. */
export const mostRecords = 250_000;

/** All topics of a simulated cluster. Keys choose partitions by murmur2, as Kafka's own clients do. */
export class SandboxLog {
  readonly #topics = new Map<string, SandboxTopic>();
  #unkeyed = 0;

  get topics(): readonly SandboxTopic[] {
    return [...this.#topics.values()];
  }

  topic(name: string): SandboxTopic | undefined {
    return this.#topics.get(name);
  }

  /** Gives false, and changes nothing, when the topic exists. */
  create(topic: NewTopic & { readonly internal?: boolean }): boolean {
    if (this.#topics.has(topic.name)) return false;
    this.#topics.set(topic.name, {
      name: topic.name,
      internal: topic.internal ?? false,
      replication: topic.replication,
      configs: topic.configs,
      partitions: Array.from({ length: topic.partitions }, (_, partition) => new PartitionLog(partition)),
    });
    return true;
  }

  partition(topic: string, partition: number): PartitionLog {
    const found = this.#topics.get(topic)?.partitions[partition];
    if (found) return found;
    throw new ClusterError('not-found', `The sandbox has no partition ${partition} of a topic “${topic}”.`);
  }

  partitionCount(topic: string): number {
    return this.#topics.get(topic)?.partitions.length ?? 0;
  }

  append(topic: string, partition: number | null, record: AppendedRecord): void {
    const count = this.partitionCount(topic);
    if (count === 0) throw new ClusterError('not-found', `The sandbox has no topic “${topic}”.`);
    const log = this.partition(topic, partition ?? this.#choose(record.key, count));
    log.append(record);
    this.#keepSmall(topic, log);
  }

  #choose(key: Uint8Array | null, count: number): number {
    if (key !== null) return partitionForKey(key, count);
    this.#unkeyed = (this.#unkeyed + 1) % count;
    return this.#unkeyed;
  }

  #keepSmall(topic: string, log: PartitionLog): void {
    if (log.size % compactAt !== 0) return;
    const cleanup = this.#topics.get(topic)?.configs['cleanup.policy'] ?? 'delete';
    if (cleanup.includes('compact')) log.compact();
    if (log.size > mostRecords) log.trim(log.endOffset - mostRecords);
  }
}
