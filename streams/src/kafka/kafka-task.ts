import type { SubtopologyPlan } from '../internals/plan.ts';
import type { ProducedRecord } from '../internals/record-collector.ts';
import { StreamTask } from '../internals/stream-task.ts';
import type { StateStore } from '../state-stores.ts';
import { commitOffsets, fetchCommitted, type GroupIdentity } from './committed-offsets.ts';
import type { Isolation } from './fetch-records.ts';
import type { KafkaConnection } from './kafka-connection.ts';
import type { ResolvedConfig } from './kafka-streams-config.ts';
import { listOffset } from './list-offsets.ts';
import { RecordSender } from './record-sender.ts';
import { readToEnd } from './restore.ts';
import type { StreamsMetrics } from './streams-metrics.ts';

/** What all tasks of an instance share. */
export interface TaskEnvironment {
  readonly config: ResolvedConfig;
  readonly connection: KafkaConnection;
  /** Separate, so that restoring does not wait behind long fetches. */
  readonly restoreConnection: KafkaConnection;
  readonly isolation: Isolation;
  /** The producer of all tasks at least once; null exactly once, where each has its own. */
  readonly sharedSender: RecordSender | null;
  readonly counts: ReadonlyMap<string, number>;
  readonly latestTopics: ReadonlySet<string>;
  readonly globalStores: ReadonlyMap<string, StateStore>;
  readonly metrics: StreamsMetrics;
}

/** Where to begin reading a source partition. */
export interface StartPosition {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** A task with its producer: opened from what was committed, committed, closed. */
export class KafkaTask {
  readonly task: StreamTask;
  readonly subtopology: SubtopologyPlan;
  readonly sender: RecordSender;
  readonly #environment: TaskEnvironment;
  #keyless = 0;
  /** When the task began to wait for an empty input; null: it does not. */
  idleSince: number | null = null;

  constructor(environment: TaskEnvironment, subtopology: SubtopologyPlan, partition: number) {
    const { config, counts, connection, metrics } = environment;
    const taskId = `${subtopology.id}_${partition}`;
    this.#environment = environment;
    this.subtopology = subtopology;
    this.sender =
      environment.sharedSender ??
      new RecordSender(connection, {
        transactionalId: `${config.applicationId}-${taskId}`,
        transactionTimeoutMs: config.transactionTimeoutMs,
      });
    this.task = new StreamTask({
      applicationId: config.applicationId,
      subtopology,
      partition,
      sourceTopics: subtopology.sourceTopics.filter((topic) => (counts.get(topic) ?? 0) > partition),
      collector: { send: (record) => this.#send(record), partitionCount: (topic) => counts.get(topic) ?? 1 },
      now: Date.now,
      globalStores: environment.globalStores,
      errorHandling: config.errorHandling,
      logger: config.logger,
      onDropped: (reason) => metrics.dropped(reason),
    });
  }

  /**
   * Takes the task over: fence the previous owner, then read what it committed, then restore the
   * stores to the end of their changelogs. In this order nothing can change in between.
   */
  async open(signal: AbortSignal): Promise<StartPosition[]> {
    const { config, connection, sharedSender } = this.#environment;
    if (sharedSender === null) await this.sender.init();
    signal.throwIfAborted();
    const committed = await fetchCommitted(connection, config.applicationId, this.task.inputs);
    await Promise.all(
      this.subtopology.stores.map((store) => this.#restore(store.name, store.changelog, signal)),
    );
    const positions = await Promise.all(
      committed.map(async ({ topic, partition, offset, partitionTime, processorMetadata }) => {
        this.task.setProcessorMetadata(processorMetadata);
        if (partitionTime >= 0) this.task.setPartitionTime(topic, partitionTime);
        return { topic, partition, offset: offset ?? (await this.#reset(topic, partition)) };
      }),
    );
    this.task.init();
    for (const { topic, offset } of positions) this.task.setPosition(topic, offset);
    return positions;
  }

  /** Commits what was processed; exactly once, together with what was written. */
  async commit(group: GroupIdentity): Promise<void> {
    this.task.flush();
    const offsets = this.task.consumedOffsets();
    await Promise.all(this.task.pendingWork());
    if (this.#environment.sharedSender === null) {
      await this.sender.commit(group, offsets);
    } else {
      await this.sender.flush();
      await commitOffsets(this.#environment.connection, group, offsets);
    }
    this.task.committed();
  }

  async #restore(store: string, changelog: string | null, signal: AbortSignal): Promise<void> {
    if (changelog === null) return;
    const { restoreConnection, isolation, metrics } = this.#environment;
    await readToEnd(
      restoreConnection,
      { topic: changelog, partition: this.task.partition },
      {
        isolation,
        signal,
        apply: (records) => {
          this.task.restore(store, records);
          metrics.restored(records.length);
        },
      },
    );
  }

  #reset(topic: string, partition: number): Promise<number> {
    const { connection, isolation, latestTopics } = this.#environment;
    return listOffset(
      connection,
      { topic, partition },
      latestTopics.has(topic) ? 'latest' : 'earliest',
      isolation,
    );
  }

  /** Records without a key go round the partitions. */
  #send(record: ProducedRecord): void {
    const count = this.#environment.counts.get(record.topic) ?? 1;
    const partition = record.partition ?? this.#keyless++ % count;
    this.sender.append({ ...record, partition });
  }
}
