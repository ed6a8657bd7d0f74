import { Admin } from '@platformatic/kafka';
import type { BenchRun } from './cases.ts';

const PARTITIONS = 4;
const LATEST = -1n;

/** Reads from the cluster how far an application is. */
export class Progress {
  readonly #admin: Admin;

  constructor(bootstrap: string) {
    this.#admin = new Admin({ clientId: 'bench', bootstrapBrokers: [bootstrap] });
  }

  async createTopic(topic: string): Promise<void> {
    await this.#admin.createTopics({ topics: [topic], partitions: PARTITIONS, replicas: 1 });
  }

  async deleteTopics(topics: readonly string[]): Promise<void> {
    await this.#admin.deleteTopics({ topics: [...topics] });
  }

  async topicsOf(applicationId: string): Promise<string[]> {
    return (await this.#admin.listTopics()).filter((topic) => topic.startsWith(`${applicationId}-`));
  }

  /** Records and markers of a topic. */
  async endOf(topic: string): Promise<number> {
    const partitions = Array.from({ length: PARTITIONS }, (_, partitionIndex) => ({
      partitionIndex,
      timestamp: LATEST,
    }));
    const listed = await this.#admin.listOffsets({ topics: [{ name: topic, partitions }] });
    return listed.flatMap((each) => each.partitions).reduce((sum, { offset }) => sum + Number(offset), 0);
  }

  /**
   * How many input records are done: their results are readable for everybody. At least once these
   * are the records in the output, one for each; exactly once the transaction is over when its
   * offsets are committed.
   */
  async done(run: BenchRun): Promise<number> {
    if (run.case !== 'exactly-once-count') return this.endOf(run.output);
    const groups = await this.#admin.listConsumerGroupOffsets({ groups: [run.applicationId] });
    const partitions = groups.flatMap(({ topics }) => topics.flatMap((topic) => topic.partitions));
    return partitions.reduce((sum, { committedOffset }) => sum + Math.max(Number(committedOffset), 0), 0);
  }

  close(): Promise<void> {
    return this.#admin.close();
  }
}
