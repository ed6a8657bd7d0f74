import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import { errorType, isRetriable } from './kafka-errors.ts';
import { type ConnectionOptions, kafkaInternals } from './kafkajs-internals.ts';

/** A topic to make. */
export interface NewTopic {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly configs: Readonly<Record<string, string>>;
}

/** What `KafkaStreams` asks of the cluster before it starts. */
export interface KafkaAdmin {
  /** Partition counts of those topics that exist. */
  partitionCounts(topics: readonly string[]): Promise<Map<string, number>>;
  /** Makes topics; one that another instance made meanwhile is fine. */
  createTopics(topics: readonly NewTopic[]): Promise<void>;
  cleanupPolicies(topics: readonly string[]): Promise<Map<string, string>>;
  close(): Promise<void>;
}

const TOPIC_RESOURCE = kafkajs.ConfigResourceTypes.TOPIC;

/** KafkaJS's client with its log off; errors come as exceptions. */
export function createKafkaClient(options: ConnectionOptions): kafkajs.Kafka {
  kafkaInternals();
  return new kafkajs.Kafka({
    clientId: options.clientId,
    brokers: [...options.bootstrapServers],
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { retries: 3, initialRetryTime: 100 },
    ssl: options.ssl as kafkajs.KafkaConfig['ssl'],
    sasl: options.sasl as kafkajs.KafkaConfig['sasl'],
  });
}

export async function connectAdmin(options: ConnectionOptions): Promise<KafkaAdmin> {
  const admin = createKafkaClient(options).admin();
  await admin.connect();
  return {
    partitionCounts: (topics) =>
      settled(async () => {
        const existing = new Set(await admin.listTopics());
        const wanted = topics.filter((topic) => existing.has(topic));
        if (wanted.length === 0) return new Map();
        const metadata = await admin.fetchTopicMetadata({ topics: wanted });
        return new Map(metadata.topics.map(({ name, partitions }) => [name, partitions.length]));
      }),
    async createTopics(topics) {
      if (topics.length === 0) return;
      try {
        await admin.createTopics({
          // KafkaJS gives up waiting when the topic is not known at once; connecting to it waits by itself.
          waitForLeaders: false,
          topics: topics.map(({ name, partitions, replicationFactor, configs }) => ({
            topic: name,
            numPartitions: partitions,
            replicationFactor,
            configEntries: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
          })),
        });
      } catch (error) {
        if (errorType(error) !== 'TOPIC_ALREADY_EXISTS' && !isAlreadyThere(error)) throw error;
      }
    },
    async cleanupPolicies(topics) {
      if (topics.length === 0) return new Map();
      const { resources } = await settled(() =>
        admin.describeConfigs({
          includeSynonyms: false,
          resources: topics.map((name) => ({ type: TOPIC_RESOURCE, name, configNames: ['cleanup.policy'] })),
        }),
      );
      return new Map(
        resources.map(({ resourceName, configEntries }) => [
          resourceName,
          configEntries[0]?.configValue ?? '',
        ]),
      );
    },
    close: () => admin.disconnect(),
  };
}

const SETTLE_TIMEOUT_MS = 10_000;

/** Asks again while the brokers still learn of new topics. */
async function settled<T>(work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + SETTLE_TIMEOUT_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isRetriable(error) || Date.now() > deadline) throw error;
      await sleep(100);
    }
  }
}

/** KafkaJS bundles the errors of several topics. */
function isAlreadyThere(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('errors' in error) || !Array.isArray(error.errors)) {
    return false;
  }
  return error.errors.every((each: unknown) => errorType(each) === 'TOPIC_ALREADY_EXISTS');
}
