import { setTimeout as pause } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import { topics, type Topic } from '@windows-and-tables/events';
import { withAdmin } from './cluster.js';
import { Failure, isFromKafka } from './run-tool.js';

type AnyTopic = Omit<Topic<never, never>, 'serdes'>;

/** Creates the topics that are missing, and fails when one has another number of partitions. */
export async function createTopics(): Promise<void> {
  await withAdmin(async (admin) => {
    const partitions = await partitionCounts(admin);
    const all: readonly AnyTopic[] = Object.values(topics);
    const missing = all.filter((topic) => !partitions.has(topic.name));
    for (const topic of all) assertPartitions(topic, partitions.get(topic.name));
    if (missing.length === 0) return;

    const { brokers } = await admin.describeCluster();
    await admin.createTopics({ topics: missing.map((topic) => creation(topic, brokers.length)) });
    await untilLed(admin, missing);
    console.log(`Created ${missing.map((topic) => topic.name).join(', ')}.`);
    if (missing.some((topic) => topic.replication > brokers.length)) {
      console.log(`The cluster has ${brokers.length} broker(s), so there are as many replicas.`);
    }
  });
}

/** A topic that was only just created is led by nobody for a moment, and cannot be written then. */
async function untilLed(admin: Admin, created: readonly AnyTopic[]): Promise<void> {
  const late = Date.now() + 30_000;
  for (const { name } of created) {
    while (!(await isLed(admin, name))) {
      if (Date.now() > late)
        throw new Failure(`No broker leads the new topic "${name}": look at the brokers' logs.`);
      await pause(200);
    }
  }
}

async function isLed(admin: Admin, topic: string): Promise<boolean> {
  try {
    await admin.fetchTopicOffsets(topic);
    return true;
  } catch (error) {
    if (isFromKafka(error)) return false;
    throw error;
  }
}

async function partitionCounts(admin: Admin): Promise<ReadonlyMap<string, number>> {
  const metadata = await admin.fetchTopicMetadata();
  return new Map(metadata.topics.map((topic) => [topic.name, topic.partitions.length]));
}

/** Keys would move to other partitions, and joins would miss: nothing may run on such a topic. */
function assertPartitions(topic: AnyTopic, found: number | undefined): void {
  if (found === undefined || found === topic.partitions) return;
  throw new Failure(
    `Topic "${topic.name}" has ${found} partition(s), but this system is made for ${topic.partitions}: ` +
      'delete the topic, or use another cluster.',
  );
}

/** On a small cluster there are fewer replicas than in production, and as few must be in sync. */
function creation(topic: AnyTopic, brokers: number) {
  const replication = Math.min(topic.replication, brokers);
  const inSync = topic.config['min.insync.replicas'];
  const config =
    inSync === undefined
      ? topic.config
      : { ...topic.config, 'min.insync.replicas': String(Math.min(Number(inSync), replication)) };
  return {
    topic: topic.name,
    numPartitions: topic.partitions,
    replicationFactor: replication,
    configEntries: Object.entries(config).map(([name, value]) => ({ name, value })),
  };
}
