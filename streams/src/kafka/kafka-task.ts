import type { TaskState } from '../disk/task-state.ts';
import { TaskMigratedError } from '../errors.ts';
import type { StorePlan, SubtopologyPlan } from '../internals/plan.ts';
import type { ProducedRecord } from '../internals/record-collector.ts';
import { StreamTask } from '../internals/stream-task.ts';
import type { StateStore } from '../state-stores.ts';
import { type Committed, commitOffsets, fetchCommitted, type GroupIdentity } from './committed-offsets.ts';
import type { Isolation } from './fetch-records.ts';
import type { KafkaConnection } from './kafka-connection.ts';
import type { ResolvedConfig } from './kafka-streams-config.ts';
import { listOffset } from './list-offsets.ts';
import type { PlacedRecord } from './pending-records.ts';
import { RecordSender } from './record-sender.ts';
import { readToEnd } from './restore.ts';
import type { RestoreProgress } from './restore-listener.ts';
import { fetchSettled } from './settled-offsets.ts';
import type { StreamsMetrics, TaskMetrics } from './streams-metrics.ts';
import type { TroubleLog } from './trouble-log.ts';

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
  readonly troubles: TroubleLog;
  readonly onRestore: (progress: RestoreProgress) => void;
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
  readonly metrics: TaskMetrics;
  readonly state: TaskState;
  readonly #environment: TaskEnvironment;
  #keyless = 0;
  /** The offsets this task was opened with, until its first commit has shown that they were the last ones. */
  #openedWith: readonly Committed[] | null = null;
  /** Something was written since the last commit. */
  #wrote = false;
  /** When the task began to wait for an empty input; null: it does not. */
  idleSince: number | null = null;

  constructor(
    environment: TaskEnvironment,
    subtopology: SubtopologyPlan,
    partition: number,
    state: TaskState,
  ) {
    const { config, counts, connection, metrics } = environment;
    const taskId = `${subtopology.id}_${partition}`;
    this.#environment = environment;
    this.subtopology = subtopology;
    const task = metrics.task(taskId);
    this.metrics = task;
    this.state = state;
    this.sender =
      environment.sharedSender ??
      new RecordSender(connection, {
        transactionalId: `${config.applicationId}-${taskId}`,
        transactionTimeoutMs: config.transactionTimeoutMs,
        troubles: environment.troubles,
        compression: config.compression,
        onProduced: (topic, records, bytes) => metrics.produced(topic, records, bytes),
      });
    this.task = new StreamTask({
      applicationId: config.applicationId,
      subtopology,
      partition,
      sourceTopics: subtopology.sourceTopics.filter((topic) => (counts.get(topic) ?? 0) > partition),
      collector: { send: (record) => this.#send(record), partitionCount: (topic) => counts.get(topic) ?? 1 },
      now: Date.now,
      stores: state.factory,
      globalStores: environment.globalStores,
      errorHandling: config.errorHandling,
      logger: config.logger,
      onDropped: (reason) => task.dropped(reason),
      onFailed: (cause) => task.failed(cause),
      onDeadLetter: (topic) => task.deadLetter(topic),
      onPunctuation: (type) => task.punctuated(type),
    });
  }

  /**
   * Takes the task over: fence the previous owner, then read what it committed, then restore the
   * stores to the end of their changelogs. In this order nothing can change in between.
   */
  async open(signal: AbortSignal): Promise<StartPosition[]> {
    const { config, connection, sharedSender } = this.#environment;
    if (sharedSender === null) {
      this.state.forgetCheckpoint();
      await this.sender.init(signal);
    }
    signal.throwIfAborted();
    const committed =
      sharedSender === null
        ? await this.#fetchSettled()
        : await fetchCommitted(connection, config.applicationId, this.task.inputs);
    await this.#restoreAll(signal);
    signal.throwIfAborted();
    this.#openedWith = committed;
    const positions = await Promise.all(
      committed.map(async ({ topic, partition, offset, partitionTime, processorMetadata }) => {
        this.task.setProcessorMetadata(processorMetadata);
        if (partitionTime >= 0) this.task.setPartitionTime(topic, partitionTime);
        return { topic, partition, offset: offset ?? (await this.#reset(topic, partition)) };
      }),
    );
    signal.throwIfAborted();
    this.task.init();
    for (const { topic, offset } of positions) this.task.setPosition(topic, offset);
    return positions;
  }

  #fetchSettled(): Promise<Committed[]> {
    const { config, connection, counts } = this.#environment;
    const { partition } = this.task;
    const changelogs = this.subtopology.stores.flatMap(({ changelog }) =>
      changelog === null ? [] : [{ topic: changelog, partition }],
    );
    const sinks = this.subtopology.sinkTopics.flatMap((topic) =>
      Array.from({ length: counts.get(topic) ?? 0 }, (_, each) => ({ topic, partition: each })),
    );
    const owner = { connection, sender: this.sender, logger: config.logger };
    return fetchSettled(owner, config.applicationId, { inputs: this.task.inputs, changelogs, sinks });
  }

  /** Commits what was processed; exactly once, together with what was written. */
  async commit(group: GroupIdentity): Promise<void> {
    this.task.flush();
    const offsets = this.task.consumedOffsets();
    await Promise.all(this.task.pendingWork());
    if (this.#environment.sharedSender === null) {
      await this.sender.commit(group, offsets, () => this.#assertOpenedRight());
    } else {
      await this.sender.flush();
      await commitOffsets(this.#environment.connection, group, offsets);
    }
    this.task.committed();
    this.#wrote = false;
    this.#notePositions();
    if (this.#environment.sharedSender !== null) this.state.checkpoint();
  }

  /**
   * Ends the task. `keep` leaves the stores to whoever goes on with them; they are worth it only if
   * `isClean`. Otherwise a checkpoint is written when everything in the stores was committed.
   */
  async close(keep = false): Promise<void> {
    const clean = this.isClean;
    try {
      this.task.close(keep);
    } finally {
      if (keep) this.state.handOver();
      else await this.state.close(clean);
    }
  }

  /** True when the stores hold what was committed, no more. */
  get isClean(): boolean {
    return !this.#wrote && !this.task.commitNeeded;
  }

  /**
   * A broker that was replaced while it stood still answers once more from what it knew, which no request
   * for offsets can prevent. The coordinator that has just taken our commit is the right one: what it knows
   * as committed must be what we began with.
   */
  async #assertOpenedRight(): Promise<void> {
    const openedWith = this.#openedWith;
    if (openedWith === null) return;
    const { config, connection } = this.#environment;
    for (const now of await fetchCommitted(connection, config.applicationId, openedWith, {
      requireStable: false,
    })) {
      const then = openedWith.find(
        ({ topic, partition }) => topic === now.topic && partition === now.partition,
      );
      if (then?.offset === now.offset) continue;
      throw new TaskMigratedError(
        `Task ${this.task.taskId} began at offset ${then?.offset ?? 'none'} of ${now.topic}-${now.partition}, ` +
          `but ${now.offset ?? 'none'} was committed.`,
      );
    }
    this.#openedWith = null;
  }

  /** What was written to a changelog is in its store already. */
  #notePositions(): void {
    for (const { changelog } of this.subtopology.stores) {
      if (changelog === null) continue;
      const end = this.sender.endOf(changelog, this.task.partition);
      const position = this.state.positions.get(changelog) ?? 0;
      if (end !== null && end > position) this.state.positions.set(changelog, end);
    }
  }

  /** All stores side by side; the first that fails stops the others, and nobody reads on behind us. */
  async #restoreAll(signal: AbortSignal): Promise<void> {
    const failed = new AbortController();
    const either = AbortSignal.any([signal, failed.signal]);
    const restored = await Promise.allSettled(
      this.subtopology.stores.map(async (store) => {
        try {
          await this.#restore(store, either);
        } catch (error) {
          failed.abort(error);
          throw error;
        }
      }),
    );
    if (failed.signal.aborted) throw failed.signal.reason;
    for (const each of restored) if (each.status === 'rejected') throw each.reason;
  }

  async #restore({ name, changelog }: StorePlan, signal: AbortSignal): Promise<void> {
    if (changelog === null) return;
    const { restoreConnection, isolation, metrics, onRestore } = this.#environment;
    const { positions } = this.state;
    const from = positions.get(changelog);
    const { partition, taskId: task } = this.task;
    let progress = {
      task,
      store: name,
      topic: changelog,
      partition,
      from: 0,
      to: 0,
      restored: 0,
      position: 0,
    };
    const end = await readToEnd(
      restoreConnection,
      { topic: changelog, partition },
      {
        isolation,
        signal,
        ...(from === undefined ? {} : { from }),
        onStart: (first, to) => {
          progress = { ...progress, from: first, to, position: first };
          onRestore(progress);
        },
        apply: (records, position) => {
          this.task.restore(name, records);
          positions.set(changelog, position);
          metrics.task(task).restored(name, records.length);
          progress = { ...progress, restored: progress.restored + records.length, position };
          onRestore(progress);
        },
      },
    );
    positions.set(changelog, end);
    if (this.#environment.sharedSender === null) this.sender.expectStart(changelog, partition, end);
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
    this.#wrote = true;
    if (isPlaced(record)) {
      this.sender.append(record);
      return;
    }
    const count = this.#environment.counts.get(record.topic) ?? 1;
    this.sender.append({ ...record, partition: this.#keyless++ % count });
  }
}

function isPlaced(record: ProducedRecord): record is ProducedRecord & PlacedRecord {
  return record.partition !== null;
}
