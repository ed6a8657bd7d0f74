import { createRequire } from 'node:module';
import type { Admin, Kafka, KafkaMessage } from 'kafkajs';
import { mendAbortedTransactions } from './kafkajs-aborted-transactions.ts';

mendAbortedTransactions();

const {
  Kafka: KafkaClient,
  logLevel,
  CompressionTypes,
  ConfigResourceTypes,
} = createRequire(import.meta.url)('kafkajs');

/** A record as an ordinary client sees it. */
export interface JudgedRecord {
  readonly partition: number;
  readonly offset: number;
  readonly key: string | null;
  readonly value: Buffer | null;
  readonly timestamp: number;
  readonly headers: KafkaMessage['headers'];
}

/** Looks at a cluster with plain KafkaJS, apart from the code under test. */
export class KafkaJudge {
  readonly #kafka: Kafka;
  readonly #admin: Admin;
  #groups = 0;

  private constructor(kafka: Kafka) {
    this.#kafka = kafka;
    this.#admin = kafka.admin();
  }

  static async connect(bootstrapServers: readonly string[]): Promise<KafkaJudge> {
    const brokers = [...bootstrapServers];
    const judge = new KafkaJudge(new KafkaClient({ clientId: 'judge', brokers, logLevel: logLevel.NOTHING }));
    await judge.#admin.connect();
    return judge;
  }

  async createTopics(
    topics: Readonly<Record<string, number>>,
    configs: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    await this.#admin.createTopics({
      waitForLeaders: false,
      topics: Object.entries(topics).map(([topic, numPartitions]) => ({
        topic,
        numPartitions,
        replicationFactor: 1,
        configEntries: Object.entries(configs).map(([name, value]) => ({ name, value })),
      })),
    });
    await eventually('the new topics have leaders', async () => {
      const metadata = await this.#admin.fetchTopicMetadata({ topics: Object.keys(topics) });
      return metadata.topics.every(({ partitions }) => partitions.every(({ leader }) => leader >= 0));
    });
  }

  async deleteTopic(topic: string): Promise<void> {
    await this.#admin.deleteTopics({ topics: [topic] });
  }

  async produce(
    topic: string,
    messages: {
      key: string | Buffer | null;
      value: string | Buffer | null;
      timestamp?: string;
      headers?: Record<string, string>;
    }[],
    gzip = false,
  ): Promise<void> {
    const producer = this.#kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    await producer.send({
      topic,
      messages,
      compression: gzip ? CompressionTypes.GZIP : CompressionTypes.None,
    });
    await producer.disconnect();
  }

  /** Committed records of a topic up to its present end, per partition in order. */
  async readAll(topic: string): Promise<JudgedRecord[]> {
    const ends = new Map(
      (await this.#admin.fetchTopicOffsets(topic)).map(({ partition, high, low }) => [
        partition,
        { high: Number(high), empty: high === low },
      ]),
    );
    const open = new Set([...ends].filter(([, { empty }]) => !empty).map(([partition]) => partition));
    const records: JudgedRecord[] = [];
    if (open.size === 0) return records;
    this.#groups += 1;
    const consumer = this.#kafka.consumer({
      groupId: `judge-${process.pid}-${this.#groups}`,
      readUncommitted: false,
      maxWaitTimeInMs: 100,
    });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await new Promise<void>((resolve) => {
      // END_BATCH_PROCESS also tells of batches with nothing but transaction markers.
      consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
        if (Number(payload.lastOffset) + 1 >= (ends.get(payload.partition)?.high ?? 0))
          open.delete(payload.partition);
        if (open.size === 0) resolve();
      });
      void consumer.run({
        autoCommit: false,
        eachBatch: async ({ batch }) => {
          for (const message of batch.messages) records.push(toRecord(batch.partition, message));
        },
      });
    });
    await consumer.disconnect();
    return records.sort((left, right) => left.partition - right.partition || left.offset - right.offset);
  }

  /** What a compacted topic holds: the last value per key. */
  async readTable(topic: string): Promise<Map<string, Buffer>> {
    const table = new Map<string, Buffer>();
    for (const { key, value } of await this.readAll(topic)) {
      if (key === null) continue;
      if (value === null) table.delete(key);
      else table.set(key, value);
    }
    return table;
  }

  /** Records of a topic that the group has not committed yet. */
  async lag(groupId: string, topic: string): Promise<number> {
    const [committed] = await this.#admin.fetchOffsets({ groupId, topics: [topic] });
    const ends = await this.#admin.fetchTopicOffsets(topic);
    let lag = 0;
    for (const { partition, high, low } of ends) {
      const offset = committed?.partitions.find((each) => each.partition === partition)?.offset ?? '-1';
      lag += Number(high) - (offset === '-1' ? Number(low) : Number(offset));
    }
    return lag;
  }

  async groupState(groupId: string): Promise<string> {
    const { groups } = await this.#admin.describeGroups([groupId]);
    return groups[0]?.state ?? 'Unknown';
  }

  /** Where partition 0 of a topic begins now. */
  async firstOffset(topic: string): Promise<number> {
    const offsets = await this.#admin.fetchTopicOffsets(topic);
    return Number(offsets.find(({ partition }) => partition === 0)?.low ?? 0);
  }

  /** Behind the last offset of partition 0 of a topic, markers included. */
  async endOffset(topic: string): Promise<number> {
    const offsets = await this.#admin.fetchTopicOffsets(topic);
    return Number(offsets.find(({ partition }) => partition === 0)?.high ?? 0);
  }

  /** Cuts partition 0 of a compacted topic: it begins at `offset` then. */
  async deleteRecords(topic: string, offset: number): Promise<void> {
    await this.#admin.fetchTopicOffsets(topic);
    await this.#setPolicy(topic, 'compact,delete');
    await this.#admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: String(offset) }] });
    await this.#setPolicy(topic, 'compact');
  }

  async #setPolicy(topic: string, policy: string): Promise<void> {
    const configEntries = [{ name: 'cleanup.policy', value: policy }];
    const resources = [{ type: ConfigResourceTypes.TOPIC, name: topic, configEntries }];
    await this.#admin.alterConfigs({ validateOnly: false, resources });
  }

  /** Writes records in one transaction. */
  async produceTransaction(topic: string, messages: { key: string; value: string | null }[]): Promise<void> {
    const producer = this.#kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      transactionalId: `judge-${process.pid}`,
    });
    await producer.connect();
    const transaction = await producer.transaction();
    await transaction.send({ topic, messages });
    await transaction.commit();
    await producer.disconnect();
  }

  async close(): Promise<void> {
    await this.#admin.disconnect();
  }
}

function toRecord(partition: number, message: KafkaMessage): JudgedRecord {
  return {
    partition,
    offset: Number(message.offset),
    key: message.key === null ? null : message.key.toString('utf8'),
    value: message.value,
    timestamp: Number(message.timestamp),
    headers: message.headers,
  };
}

/**
 * Waits until `condition` holds; fails with `what` after the time-out. A question that fails is asked
 * again: a broker that has just started may not answer yet.
 */
export async function eventually(
  what: string,
  condition: () => Promise<boolean> | boolean,
  timeoutMs = 60_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    let cause: unknown;
    try {
      if (await condition()) return;
    } catch (error) {
      cause = error;
    }
    if (Date.now() > deadline) throw new Error(`Not in ${timeoutMs} ms: ${what}`, { cause });
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
