import type { TopicDescription } from '#shared/contract/cluster-types.ts';
import { ClusterError, type ClusterPort, type TopicLayout } from '../clusters/cluster-port.ts';

/** A topic with the offsets and leaders of its partitions, and its whole configuration. */
export async function describeTopic(
  port: ClusterPort,
  name: string,
  signal?: AbortSignal,
): Promise<TopicDescription> {
  const layout = await layoutTopic(port, name, signal);
  const partitions = layout.partitions.map(({ partition }) => ({ topic: name, partition }));
  const [start, end, lastStable, configs] = await Promise.all([
    port.listOffsets(partitions, 'earliest', signal),
    port.listOffsets(partitions, 'latest', signal),
    port.listOffsets(partitions, 'lastStable', signal),
    port.topicConfigs(name, signal),
  ]);
  return {
    name,
    internal: layout.internal,
    partitions: layout.partitions.map((partition, index) => ({
      partition: partition.partition,
      leader: partition.leader,
      replicas: [...partition.replicas],
      inSync: [...partition.inSync],
      startOffset: start[index]?.offset ?? null,
      endOffset: end[index]?.offset ?? null,
      lastStableOffset: lastStable[index]?.offset ?? null,
    })),
    configs: [...configs],
  };
}

export async function layoutTopic(
  port: ClusterPort,
  name: string,
  signal?: AbortSignal,
): Promise<TopicLayout> {
  const [layout] = await port.layoutTopics([name], signal);
  if (layout) return layout;
  throw new ClusterError('not-found', `There is no topic "${name}" on this cluster.`);
}
