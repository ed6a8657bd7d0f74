import type { TopicListing } from '#shared/contract/cluster-types.ts';
import {
  ClusterError,
  type ClusterPort,
  type NewRecord,
  type NewTopic,
  type OffsetQuery,
  type ReadAnswer,
  type ReadRequest,
  type TopicLayout,
  type TopicPartition,
} from '../cluster-port.ts';
import type { PartitionLog } from './partition-log.ts';
import { describeGroup, groupState, type SandboxGroups } from './sandbox-groups.ts';
import type { SandboxLog, SandboxTopic } from './sandbox-log.ts';

/** Brokers the sandbox claims to have; they never fail. */
const brokerIds = [1, 2, 3];
const mostRecordsOfOneRead = 2_000;

export interface SandboxPortOptions {
  readonly log: SandboxLog;
  readonly groups: SandboxGroups;
  /** The sandbox's own clock, in milliseconds since the epoch. */
  readonly now: () => number;
  /** Called for as long as nothing is there to read; resolves when something may be. */
  readonly changed: (maxWaitMs: number, signal?: AbortSignal) => Promise<void>;
  readonly onClose: () => void;
}

/** The simulated cluster behind the port that real Kafka has too. */
export function createSandboxPort(options: SandboxPortOptions): ClusterPort {
  const { log, groups } = options;
  let closed = false;
  const open = (signal?: AbortSignal): void => {
    if (closed)
      throw new ClusterError('closed', 'The sandbox has ended; start it again from the Sandbox panel.');
    if (signal?.aborted) throw new ClusterError('cancelled', 'The request to the sandbox was cancelled.');
  };
  const at = async <T>(signal: AbortSignal | undefined, answer: () => T): Promise<T> => {
    open(signal);
    return answer();
  };
  return {
    describe: (signal) =>
      at(signal, () => ({
        kind: 'sandbox' as const,
        clusterId: 'sandbox',
        controllerId: 1,
        brokers: brokerIds.map((id) => ({ id, host: 'sandbox', port: 0, rack: null })),
      })),
    listTopics: (signal) => at(signal, () => log.topics.map(listing)),
    layoutTopics: (names, signal) => at(signal, () => layouts(log, names)),
    topicConfigs: (name, signal) => at(signal, () => configsOf(log, name)),
    listOffsets: (partitions, query, signal) =>
      at(signal, () => partitions.map((each) => ({ ...each, offset: offsetAt(log, each, query) }))),
    listGroups: (signal) =>
      at(signal, () =>
        groups.ids.map((id) => ({
          id,
          type: 'classic' as const,
          state: groupState(groups.ensure(id)),
          protocolType: 'consumer',
        })),
      ),
    describeGroups: (ids, signal) =>
      at(signal, () =>
        ids.flatMap((id) => {
          const group = groups.get(id);
          return group ? [describeGroup(group)] : [];
        }),
      ),
    committedOffsets: (group, signal) => at(signal, () => [...(groups.get(group)?.committed.values() ?? [])]),
    read: async (request, signal) => {
      open(signal);
      const partition = log.partition(request.topic, request.partition);
      if (request.from >= partition.endOffset && request.maxWaitMs > 0) {
        await options.changed(request.maxWaitMs, signal);
        open(signal);
      }
      return readFrom(partition, request);
    },
    createTopics: (topics, signal) => at(signal, () => create(log, topics)),
    produce: (topic, records, signal) => at(signal, () => produce(log, topic, records, options.now())),
    now: options.now,
    close: async () => {
      if (closed) return;
      closed = true;
      options.onClose();
    },
  };
}

function listing(topic: SandboxTopic): TopicListing {
  return {
    name: topic.name,
    internal: topic.internal,
    partitions: topic.partitions.length,
    replication: replicasOf(topic, 0).length,
    underReplicated: 0,
    offline: 0,
  };
}

function replicasOf(topic: SandboxTopic, partition: number): number[] {
  const count = topic.replication < 1 ? brokerIds.length : Math.min(topic.replication, brokerIds.length);
  return Array.from({ length: count }, (_, index) => brokerIds[(partition + index) % brokerIds.length] ?? 1);
}

function layouts(log: SandboxLog, names: readonly string[]): TopicLayout[] {
  return names.flatMap((name) => {
    const topic = log.topic(name);
    if (!topic) return [];
    const partitions = topic.partitions.map(({ partition }) => {
      const replicas = replicasOf(topic, partition);
      return { partition, leader: replicas[0] ?? null, replicas, inSync: replicas };
    });
    return [{ name, internal: topic.internal, partitions }];
  });
}

function configsOf(log: SandboxLog, name: string) {
  const topic = log.topic(name);
  if (!topic) throw new ClusterError('not-found', `The sandbox has no topic “${name}”.`);
  return Object.entries(topic.configs).map(([key, value]) => ({ name: key, value, overridden: true }));
}

function offsetAt(log: SandboxLog, { topic, partition }: TopicPartition, query: OffsetQuery): number | null {
  const found = log.topic(topic)?.partitions[partition];
  if (!found) return null;
  if (query === 'earliest') return found.startOffset;
  if (query === 'latest' || query === 'lastStable') return found.endOffset;
  return found.offsetForTime(query.timestamp);
}

function readFrom(partition: PartitionLog, request: ReadRequest): ReadAnswer {
  const records = [];
  let bytes = 0;
  for (const record of partition.read(request.from, mostRecordsOfOneRead)) {
    bytes += (record.key?.byteLength ?? 0) + (record.value?.byteLength ?? 0);
    if (records.length > 0 && bytes > request.maxBytes) break;
    records.push(record);
  }
  const last = records.at(-1);
  const reached = last === undefined ? partition.endOffset : last.offset + 1;
  return {
    records,
    next: Math.max(reached, Math.min(request.from, partition.endOffset)),
    startOffset: partition.startOffset,
    endOffset: partition.endOffset,
    lastStableOffset: partition.endOffset,
  };
}

function create(log: SandboxLog, topics: readonly NewTopic[]): string[] {
  return topics.filter((topic) => log.create(topic)).map((topic) => topic.name);
}

function produce(log: SandboxLog, topic: string, records: readonly NewRecord[], now: number): void {
  for (const record of records) {
    log.append(topic, record.partition ?? null, {
      key: record.key,
      value: record.value,
      timestamp: record.timestamp ?? now,
      headers: record.headers ?? [],
    });
  }
}
