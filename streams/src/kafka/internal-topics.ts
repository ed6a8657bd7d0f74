import { TopologyError } from '../errors.ts';
import { resolvePartitionCounts } from '../internals/partition-counts.ts';
import type { InternalTopic, TopologyPlan } from '../internals/plan.ts';
import { isLegalTopic } from './identity-settings.ts';
import type { KafkaAdmin } from './kafka-admin.ts';

const LEGAL_TOPIC = 'names have 1 to 249 letters, digits, dots, dashes and underscores';

/**
 * Makes the application's internal topics where they are missing, and checks those that exist.
 * Answers the partition count of every topic. Throws `TopologyError` before anything is consumed
 * when a topic is missing, topics that are joined differ, or an internal topic does not fit.
 */
export async function prepareTopics(
  plan: TopologyPlan,
  admin: KafkaAdmin,
  replicationFactor: number,
): Promise<ReadonlyMap<string, number>> {
  const external = [...plan.externalSourceTopics, ...plan.externalSinkTopics];
  for (const topic of external) {
    if (!isLegalTopic(topic)) throw new TopologyError(`Kafka has no topic named "${topic}": ${LEGAL_TOPIC}.`);
  }
  const sources = new Set(plan.externalSourceTopics);
  const existing = await admin.partitionCounts(
    [...external, ...plan.internalTopics.map(({ name }) => name)],
    (topic) => (sources.has(topic) ? 'Read' : plan.externalSinkTopics.includes(topic) ? 'Write' : 'Create'),
  );
  for (const topic of plan.externalSinkTopics) {
    if (!existing.has(topic))
      throw new TopologyError(`Sink topic "${topic}" does not exist; create it first.`);
  }
  const counts = new Map([...existing, ...resolvePartitionCounts(plan, existing)]);
  const missing = plan.internalTopics.filter(({ name }) => !existing.has(name));
  for (const topic of plan.internalTopics)
    assertFits(topic, existing.get(topic.name), counts.get(topic.name) ?? 0);
  await admin.createTopics(
    missing.map(({ name, configs }) => ({
      name,
      partitions: counts.get(name) ?? 1,
      replicationFactor,
      configs,
    })),
  );
  const present = plan.internalTopics.filter(({ name }) => existing.has(name));
  const policies = await admin.cleanupPolicies(present.map(({ name }) => name));
  for (const topic of present) assertPolicy(topic, policies.get(topic.name));
  return counts;
}

function assertFits(topic: InternalTopic, existing: number | undefined, wanted: number): void {
  if (existing === undefined || existing === wanted) return;
  throw new TopologyError(
    `Internal topic "${topic.name}" has ${existing} partitions but the topology needs ${wanted}; its source ` +
      'topics were changed. Reset the application: stop it, delete its internal topics and reset its offsets.',
  );
}

/**
 * Order does not matter: "delete,compact" is "compact,delete". Changelogs of windows may be compacted or not, as
 * for Kafka Streams: what they need to keep is not older than their retention.
 */
function assertPolicy(topic: InternalTopic, policy: string | undefined): void {
  const wanted = topic.configs['cleanup.policy'] ?? '';
  const sorted = (text: string): string => text.split(',').sort().join(',');
  if (policy === undefined || sorted(policy) === sorted(wanted)) return;
  const isOfWindows = topic.kind === 'changelog' && wanted.includes('delete');
  if (isOfWindows && policy.includes('delete')) return;
  throw new TopologyError(
    `Internal topic "${topic.name}" has cleanup.policy "${policy}" but needs "${wanted}"; change it or delete it.`,
  );
}
