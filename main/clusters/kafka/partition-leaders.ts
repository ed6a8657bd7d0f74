import type { metadataV9 } from '@platformatic/kafka';
import type { TopicLayout } from '../cluster-port.ts';
import type { ClusterWire } from './cluster-wire.ts';
import { errorCodes, isPassing, KafkaRefusal } from './kafka-failure.ts';

type MetadataTopic = metadataV9.MetadataResponse['topics'][number];

/** Which broker leads which partition; remembered until somebody finds it wrong. */
export interface PartitionLeaders {
  /** Leader by partition number; a topic that does not exist is missing. `fresh` asks the cluster again. */
  of(topics: readonly string[], fresh: boolean): Promise<ReadonlyMap<string, readonly (number | null)[]>>;
  forget(topic: string): void;
  layouts(topics: readonly string[] | null): Promise<TopicLayout[]>;
}

const MOST_REMEMBERED = 20_000;

export function createPartitionLeaders(wire: ClusterWire): PartitionLeaders {
  const remembered = new Map<string, readonly (number | null)[]>();

  const layouts = async (topics: readonly string[] | null): Promise<TopicLayout[]> => {
    const answer = await wire.metadata(topics);
    if (remembered.size > MOST_REMEMBERED) remembered.clear();
    const found: TopicLayout[] = [];
    for (const topic of answer.topics) {
      const layout = toLayout(topic);
      if (!layout) {
        if (topic.name !== null) remembered.delete(topic.name);
        continue;
      }
      if (topics) remembered.set(layout.name, leadersOf(layout));
      found.push(layout);
    }
    return found;
  };

  return {
    layouts,
    forget: (topic) => void remembered.delete(topic),
    async of(topics, fresh) {
      const missing = [...new Set(topics)].filter((topic) => fresh || !remembered.has(topic));
      const asked = new Map<string, readonly (number | null)[]>();
      if (missing.length > 0) {
        for (const layout of await layouts(missing)) asked.set(layout.name, leadersOf(layout));
      }
      const leaders = new Map<string, readonly (number | null)[]>();
      for (const topic of topics) {
        const known = asked.get(topic) ?? (missing.includes(topic) ? undefined : remembered.get(topic));
        if (known) leaders.set(topic, known);
      }
      return leaders;
    },
  };
}

function toLayout(topic: MetadataTopic): TopicLayout | null {
  const { errorCode, name } = topic;
  if (
    name === null ||
    errorCode === errorCodes.unknownTopicOrPartition ||
    errorCode === errorCodes.invalidTopic
  ) {
    return null;
  }
  if (errorCode !== errorCodes.none && !isPassing(errorCode)) {
    throw new KafkaRefusal(errorCode, `the topic "${name}" cannot be looked at`);
  }
  const partitions = topic.partitions
    .map((partition) => ({
      partition: partition.partitionIndex,
      leader: partition.leaderId < 0 ? null : partition.leaderId,
      replicas: partition.replicaNodes,
      inSync: partition.isrNodes,
    }))
    .sort((a, b) => a.partition - b.partition);
  return { name, internal: topic.isInternal, partitions };
}

function leadersOf(layout: TopicLayout): (number | null)[] {
  return layout.partitions.map((partition) => partition.leader);
}
