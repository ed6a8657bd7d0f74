import { createTopicsV5, describeConfigsV4 } from '@platformatic/kafka';
import type { ConfigEntry, TopicListing } from '#shared/contract/cluster-types.ts';
import { ClusterError, type NewTopic, type TopicLayout, type TopicPartition } from '../cluster-port.ts';
import { pause } from '../pause.ts';
import type { ClusterWire } from './cluster-wire.ts';
import { answerOf, errorCodes, KafkaRefusal } from './kafka-failure.ts';
import type { ListOffsets } from './list-offsets.ts';
import type { PartitionLeaders } from './partition-leaders.ts';
import { patiently } from './patience.ts';

const TOPIC_RESOURCE = 2;
const SET_ON_TOPIC = 1;
const CREATE_LIMIT_MS = 15_000;
const VISIBLE_LIMIT_MS = 5_000;

export function toTopicListing(layout: TopicLayout): TopicListing {
  const { name, internal, partitions } = layout;
  return {
    name,
    internal,
    partitions: partitions.length,
    replication: partitions.reduce((most, { replicas }) => Math.max(most, replicas.length), 0),
    underReplicated: partitions.filter(({ replicas, inSync }) => inSync.length < replicas.length).length,
    offline: partitions.filter(({ leader }) => leader === null).length,
  };
}

export async function readTopicConfigs(wire: ClusterWire, name: string): Promise<ConfigEntry[]> {
  const resource = { resourceType: TOPIC_RESOURCE, resourceName: name, configurationKeys: null } as const;
  const answer = await wire.onAny(({ connection }) =>
    answerOf(describeConfigsV4.api.async(connection, [resource], false, false)),
  );
  const found = answer.results[0];
  const code = found?.errorCode ?? errorCodes.unknownTopicOrPartition;
  if (code === errorCodes.unknownTopicOrPartition) {
    throw new ClusterError('not-found', `There is no topic "${name}" on this cluster.`);
  }
  if (!found || code !== errorCodes.none) {
    throw new KafkaRefusal(code, `the configuration of the topic "${name}"`, found?.errorMessage);
  }
  return found.configs
    .map((config) => ({
      name: config.name,
      value: config.value ?? null,
      overridden: config.configSource === SET_ON_TOPIC,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Makes the topics and waits until their leaders lead them, so that what follows finds them. */
export async function createKafkaTopics(
  wire: ClusterWire,
  leaders: PartitionLeaders,
  listOffsets: ListOffsets,
  topics: readonly NewTopic[],
  signal: AbortSignal,
): Promise<string[]> {
  if (topics.length === 0) return [];
  const made = await patiently(signal, () => askForTopics(wire, topics));
  const partitions = topics
    .filter(({ name }) => made.includes(name))
    .flatMap((topic) =>
      Array.from({ length: Math.max(0, topic.partitions) }, (_, partition) => ({
        topic: topic.name,
        partition,
      })),
    );
  await waitForLeaders(leaders, made, signal);
  await waitUntilLed(listOffsets, partitions, signal);
  return made;
}

async function askForTopics(wire: ClusterWire, topics: readonly NewTopic[]): Promise<string[]> {
  const { nodes } = await wire.metadata([]);
  const controller = nodes.controllerId ?? nodes.brokers[0]?.id ?? -1;
  const asked = topics.map(({ name, partitions, replication, configs }) => ({
    name,
    numPartitions: partitions,
    replicationFactor: replication,
    assignments: [],
    configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
  }));
  const answer = await wire.onBroker(controller, ({ connection }) =>
    answerOf(createTopicsV5.api.async(connection, asked, CREATE_LIMIT_MS, false)),
  );
  const made: string[] = [];
  for (const { name, errorCode, errorMessage } of answer.topics) {
    if (errorCode === errorCodes.none) made.push(name);
    else if (errorCode !== errorCodes.topicAlreadyExists) {
      const kept = made.length > 0 ? ` (made before it: ${made.join(', ')})` : '';
      throw new KafkaRefusal(errorCode, `the topic "${name}"${kept}`, errorMessage);
    }
  }
  return made;
}

/** A broker may be told of its partitions a moment after all have been told of it. */
async function waitUntilLed(
  listOffsets: ListOffsets,
  partitions: readonly TopicPartition[],
  signal: AbortSignal,
): Promise<void> {
  const limit = performance.now() + VISIBLE_LIMIT_MS;
  while (partitions.length > 0 && performance.now() < limit && !signal.aborted) {
    const offsets = await listOffsets(partitions, 'earliest', signal);
    if (offsets.every(({ offset }) => offset !== null)) return;
  }
}

async function waitForLeaders(
  leaders: PartitionLeaders,
  topics: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const limit = performance.now() + VISIBLE_LIMIT_MS;
  for (let wait = 10; topics.length > 0 && performance.now() < limit && !signal.aborted; wait *= 2) {
    const known = await leaders.of(topics, true);
    if (topics.every((topic) => known.get(topic)?.every((leader) => leader !== null))) return;
    await pause(wait, signal);
  }
}
