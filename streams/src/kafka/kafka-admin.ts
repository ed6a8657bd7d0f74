import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import { StreamsConfigError } from '../errors.ts';
import { type Access, isAccessRefused, nameRefusal, topicAccess } from './access.ts';
import { explainConnectionFailure } from './connection-failure.ts';
import { KafkaConnection } from './kafka-connection.ts';
import { errorType, isRetriable } from './kafka-errors.ts';
import { type ConnectionOptions, kafkaInternals, ownSasl } from './kafkajs-internals.ts';

/** A topic to make. */
export interface NewTopic {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly configs: Readonly<Record<string, string>>;
}

/** What `KafkaStreams` asks of the cluster before it starts. */
export interface KafkaAdmin {
  /** Partition counts of those topics that exist; `accessTo` says what a topic is for, should it not be shown. */
  partitionCounts(
    topics: readonly string[],
    accessTo: (topic: string) => Access['operation'],
  ): Promise<Map<string, number>>;
  /** Makes topics; one that another instance made meanwhile is fine. */
  createTopics(topics: readonly NewTopic[]): Promise<void>;
  /** Of those topics whose settings may be seen; without the right to, nothing is checked. */
  cleanupPolicies(topics: readonly string[]): Promise<Map<string, string>>;
  close(): Promise<void>;
}

const TOPIC_RESOURCE = kafkajs.ConfigResourceTypes.TOPIC;

const GREETINGS = 3;

/** KafkaJS's client with its log off; errors come as exceptions. */
export function createKafkaClient(options: ConnectionOptions): kafkajs.Kafka {
  kafkaInternals();
  const sasl = ownSasl(options);
  return new kafkajs.Kafka({
    clientId: options.clientId,
    brokers: [...options.bootstrapServers],
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { retries: 3, initialRetryTime: 100 },
    ...(options.ssl === undefined ? {} : { ssl: options.ssl }),
    ...(sasl === undefined ? {} : { sasl }),
  });
}

/** Throws `StreamsConfigError` when the brokers do not want to be spoken to as it is configured. */
export async function connectAdmin(options: ConnectionOptions): Promise<KafkaAdmin> {
  const admin = createKafkaClient(options).admin();
  const connection = new KafkaConnection(options);
  try {
    await admin.connect();
    await connection.retry(() => connection.connect([]));
    await greet(connection);
  } catch (cause) {
    await Promise.all([admin.disconnect(), connection.close()]);
    const problem = explainConnectionFailure(cause, options);
    throw problem === null ? cause : new StreamsConfigError(problem, { cause });
  }
  return {
    partitionCounts: (topics, accessTo) => settled(() => countPartitions(connection, topics, accessTo)),
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
        throwUnlessThere(error);
      }
    },
    async cleanupPolicies(topics) {
      const read = await Promise.all(topics.map((name) => settled(() => readCleanupPolicy(admin, name))));
      return new Map(
        read.flatMap((policy, index) => (policy === null ? [] : [[topics[index] ?? '', policy]])),
      );
    },
    async close() {
      await Promise.all([admin.disconnect(), connection.close()]);
    },
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

/**
 * A first question. Who wants a login lets anybody connect, and closes the connection when something is
 * asked; a broker that ends does that too, but then it does not take the next connection.
 */
async function greet(connection: KafkaConnection): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await connection.refresh(null);
      return;
    } catch (error) {
      if (errorType(error) !== 'KafkaJSConnectionClosedError' || attempt === GREETINGS) throw error;
      await sleep(100);
    }
  }
}

async function countPartitions(
  connection: KafkaConnection,
  topics: readonly string[],
  accessTo: (topic: string) => Access['operation'],
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { topic, error, partitions } of await connection.describeTopics(topics)) {
    if (error === null) counts.set(topic, partitions);
    else if (errorType(error) !== 'UNKNOWN_TOPIC_OR_PARTITION') {
      throw nameRefusal(error, [topicAccess(accessTo(topic), topic)]);
    }
  }
  return counts;
}

/** Null: it may not be seen. */
async function readCleanupPolicy(admin: kafkajs.Admin, name: string): Promise<string | null> {
  try {
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: TOPIC_RESOURCE, name, configNames: ['cleanup.policy'] }],
    });
    return resources[0]?.configEntries[0]?.configValue ?? '';
  } catch (error) {
    if (isAccessRefused(error)) return null;
    throw error;
  }
}

/** KafkaJS bundles the errors of several topics; that another instance made one meanwhile is none. */
function throwUnlessThere(error: unknown): void {
  const each: unknown[] = hasErrors(error) ? error.errors : [error];
  const [first] = each.filter((one) => errorType(one) !== 'TOPIC_ALREADY_EXISTS');
  if (first === undefined) return;
  if (isRetriable(first) || !(first instanceof Error) || !('topic' in first)) throw first;
  const topic = String(first.topic);
  const named = nameRefusal(first, [topicAccess('Create', topic)]);
  if (named !== first) throw named;
  throw new StreamsConfigError(`The internal topic "${topic}" cannot be made: ${first.message}`, {
    cause: first,
  });
}

function hasErrors(error: unknown): error is { readonly errors: unknown[] } {
  return typeof error === 'object' && error !== null && 'errors' in error && Array.isArray(error.errors);
}
