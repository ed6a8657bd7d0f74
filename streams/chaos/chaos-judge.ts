import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Admin } from 'kafkajs';

const { Kafka, logLevel } = createRequire(import.meta.url)('kafkajs');

/** Topics to make, with their partitions. */
export type TopicPlan = Readonly<Record<string, number>>;

/** Administers the cluster between faults; a question that fails is asked again on a new connection. */
export class ChaosJudge {
  readonly #bootstrapServers: readonly string[];
  #admin: Promise<Admin> | null = null;

  constructor(bootstrapServers: readonly string[]) {
    this.#bootstrapServers = bootstrapServers;
  }

  async createTopics(topics: TopicPlan, replicationFactor: number): Promise<void> {
    await this.ask((admin) =>
      admin.createTopics({
        waitForLeaders: false,
        topics: Object.entries(topics).map(([topic, numPartitions]) => ({
          topic,
          numPartitions,
          replicationFactor,
        })),
      }),
    );
  }

  /** Whether every partition has a leader and all its replicas in sync. */
  async isWhole(): Promise<boolean> {
    return this.ask(async (admin) => {
      const { topics } = await admin.fetchTopicMetadata();
      return topics.every(({ partitions }) =>
        partitions.every(({ leader, isr, replicas }) => leader >= 0 && isr.length === replicas.length),
      );
    });
  }

  /** Records that the group has not consumed, over all these topics. */
  async lag(groupId: string, topics: readonly string[]): Promise<number> {
    return this.ask(async (admin) => {
      const committed = await admin.fetchOffsets({ groupId, topics: [...topics] });
      let lag = 0;
      for (const topic of topics) {
        const places = committed.find((each) => each.topic === topic)?.partitions ?? [];
        for (const { partition, high, low } of await admin.fetchTopicOffsets(topic)) {
          const offset = places.find((each) => each.partition === partition)?.offset ?? '-1';
          lag += Number(high) - (offset === '-1' ? Number(low) : Number(offset));
        }
      }
      return lag;
    });
  }

  async close(): Promise<void> {
    const admin = this.#admin;
    this.#admin = null;
    await (await admin)?.disconnect();
  }

  async ask<T>(question: (admin: Admin) => Promise<T>, attempts = 10): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await question(await this.#connected());
      } catch (error) {
        if (attempt === attempts) throw error;
        await this.#forget();
        await sleep(500);
      }
    }
  }

  #connected(): Promise<Admin> {
    this.#admin ??= this.#connect();
    return this.#admin;
  }

  async #connect(): Promise<Admin> {
    const admin: Admin = new Kafka({
      clientId: 'chaos-judge',
      brokers: [...this.#bootstrapServers],
      logLevel: logLevel.NOTHING,
      retry: { retries: 2, initialRetryTime: 100 },
    }).admin();
    await admin.connect();
    return admin;
  }

  /** A connection that is gone cannot be ended in order, and need not be. */
  async #forget(): Promise<void> {
    const admin = this.#admin;
    this.#admin = null;
    await admin?.then((each) => each.disconnect()).catch(() => undefined);
  }
}
