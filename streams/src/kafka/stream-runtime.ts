import { setImmediate as yieldToEvents } from 'node:timers/promises';
import { TaskMigratedError } from '../errors.ts';
import type { GlobalStores } from '../internals/global-stores.ts';
import type { TopologyPlan } from '../internals/plan.ts';
import { messageOf } from '../internals/record-queue.ts';
import type { StoreHandle } from '../internals/store-handle.ts';
import type { TopicPartition } from '../record.ts';
import type { GroupIdentity } from './committed-offsets.ts';
import type { Isolation } from './fetch-records.ts';
import { GroupMember, type JoinResult } from './group-member.ts';
import type { KafkaConnection } from './kafka-connection.ts';
import { isFenced, isRetriable } from './kafka-errors.ts';
import type { ResolvedConfig } from './kafka-streams-config.ts';
import { KafkaTask, type TaskEnvironment } from './kafka-task.ts';
import { purgeRecords } from './purge-records.ts';
import { RecordSender } from './record-sender.ts';
import { SourceFetcher } from './source-fetcher.ts';
import type { StreamsMetrics } from './streams-metrics.ts';
import { isReady } from './task-readiness.ts';
import { locateTask, shareTasks } from './task-shares.ts';
import { WakeSignal } from './wake-signal.ts';

/** What a runtime is made of; it owns none of it. */
export interface RuntimeParts {
  readonly config: ResolvedConfig;
  readonly plan: TopologyPlan;
  readonly counts: ReadonlyMap<string, number>;
  /** Records, offsets and transactions. */
  readonly connection: KafkaConnection;
  /** Joins block a connection for as long as a rebalance takes, so they have their own. */
  readonly groupConnection: KafkaConnection;
  readonly restoreConnection: KafkaConnection;
  readonly globals: GlobalStores;
  readonly metrics: StreamsMetrics;
  readonly onState: (state: 'REBALANCING' | 'RUNNING') => void;
}

const RECORDS_PER_TURN = 200;
const FLUSH_BYTES = 256 * 1024;
const MAX_BUFFERED_BYTES = 32 * 1024 * 1024;
const MAX_WAIT_MS = 1_000;

/** The loop of one instance: membership, tasks, records, commits. */
export class StreamRuntime {
  readonly #parts: RuntimeParts;
  readonly #isolation: Isolation;
  readonly #member: GroupMember;
  readonly #fetcher: SourceFetcher;
  readonly #wake = new WakeSignal();
  readonly #tasks = new Map<string, KafkaTask>();
  readonly #byInput = new Map<string, KafkaTask>();
  #environment: TaskEnvironment | null = null;
  #restoring = new AbortController();
  #generation = -1;
  #rejoin: 'no' | 'yes' | 'lost' = 'yes';
  #closing = false;
  /** In the middle of a join, which may block until all others have joined. */
  #joining = false;
  #failure: unknown = null;
  #lastCommit = Date.now();
  #lastPurge = Date.now();

  constructor(parts: RuntimeParts) {
    const { config } = parts;
    this.#parts = parts;
    this.#isolation = config.isolationLevel;
    this.#member = new GroupMember(
      parts.groupConnection,
      {
        groupId: config.applicationId,
        instanceId: config.instanceId,
        sessionTimeoutMs: config.sessionTimeoutMs,
        heartbeatIntervalMs: config.heartbeatIntervalMs,
        rebalanceTimeoutMs: config.rebalanceTimeoutMs,
      },
      (lost) => this.#askToRejoin(lost),
    );
    this.#fetcher = new SourceFetcher(parts.connection, {
      isolation: this.#isolation,
      maxWaitMs: config.fetchMaxWaitMs,
      wants: (place) => this.#wants(place),
      onRecords: (place, records, nextOffset) => {
        const task = this.#byInput.get(inputKey(place))?.task;
        if (records.length > 0) task?.addRecords(place.topic, records);
        task?.setPosition(place.topic, nextOffset);
        this.#wake.notify();
      },
      onReset: ({ topic, partition }, from, to) => {
        config.logger.warn('offset out of range', { topic, partition, from, to });
      },
      onError: (error) => {
        this.#failure = error;
        this.#wake.notify();
      },
    });
  }

  /** Runs until `close`, or until an error that a restart of the loop cannot cure. */
  async run(): Promise<void> {
    try {
      while (!this.#closing) {
        try {
          await this.#turn();
        } catch (error) {
          await this.#giveUpTasks(error);
        }
      }
      await this.#finish();
    } finally {
      this.#fetcher.close();
      this.#closeTasks(this.#tasks.keys());
      await this.#leave();
    }
  }

  /** Ends the loop after a last commit. */
  close(): void {
    this.#closing = true;
    this.#restoring.abort();
    this.#wake.notify();
    if (this.#joining) {
      this.#member.abandon();
      void this.#parts.groupConnection.close();
    }
  }

  /** Tasks' stores of this name that are ready to be read. */
  storeHandles(name: string): StoreHandle[] {
    const global = this.#parts.globals.handles.get(name);
    if (global !== undefined) return [global];
    return [...this.#tasks.values()].flatMap(({ task }) => task.stores.get(name) ?? []);
  }

  get taskIds(): string[] {
    return [...this.#tasks.keys()];
  }

  /** Records still to be processed, per source partition. */
  lag(): Record<string, number> {
    const lag: Record<string, number> = {};
    for (const { task } of this.#tasks.values()) {
      for (const place of task.inputs) {
        const unfetched = this.#fetcher.lag(place);
        if (unfetched !== null)
          lag[`${place.topic}-${place.partition}`] = unfetched + task.buffered(place.topic);
      }
    }
    return lag;
  }

  async #turn(): Promise<void> {
    if (this.#failure !== null) {
      const failure = this.#failure;
      this.#failure = null;
      throw failure;
    }
    if (this.#rejoin !== 'no') await this.#rebalance();
    if (this.#closing) return;
    const worked = this.#process();
    await this.#send();
    await this.#commitIfDue();
    if (worked) await yieldToEvents();
    else await this.#wake.wait(this.#idleTime());
  }

  /** Gives every task a share of records; true if any had one. */
  #process(): boolean {
    let total = 0;
    for (const kafkaTask of this.#tasks.values()) {
      const { task } = kafkaTask;
      let count = 0;
      const ready = (): boolean => isReady(kafkaTask, this.#fetcher, this.#parts.config.maxTaskIdleMs);
      while (count < RECORDS_PER_TURN && ready() && task.process()) {
        task.punctuateStreamTime();
        count += 1;
      }
      task.punctuateWallClock();
      total += count;
    }
    if (total > 0) this.#parts.metrics.processed(total);
    this.#fetcher.wake();
    return total > 0;
  }

  async #send(): Promise<void> {
    for (const sender of new Set([...this.#tasks.values()].map((each) => each.sender))) {
      if (sender.bufferedBytes > MAX_BUFFERED_BYTES) await sender.flush();
      else if (sender.bufferedBytes > FLUSH_BYTES || this.#isEager(sender)) {
        sender.flush().catch((error: unknown) => {
          this.#failure ??= error;
        });
      }
    }
  }

  /** Without transactions readers see records at once, so nothing is gained by holding them back. */
  #isEager(sender: RecordSender): boolean {
    return sender.bufferedBytes > 0 && this.#environment?.sharedSender === sender;
  }

  async #commitIfDue(): Promise<void> {
    const due = Date.now() - this.#lastCommit >= this.#parts.config.commitIntervalMs;
    const chosen = [...this.#tasks.values()].filter(
      ({ task }) => (due && task.commitNeeded) || task.commitRequested,
    );
    if (due) this.#lastCommit = Date.now();
    await this.#commit(chosen);
    this.#purgeIfDue(chosen);
  }

  /** What was consumed from repartition topics is deleted: their retention is unlimited. */
  #purgeIfDue(committed: readonly KafkaTask[]): void {
    const { config, connection, plan } = this.#parts;
    if (committed.length === 0 || Date.now() - this.#lastPurge < config.repartitionPurgeIntervalMs) return;
    this.#lastPurge = Date.now();
    const repartitions = new Set(
      plan.internalTopics.filter(({ kind }) => kind === 'repartition').map(({ name }) => name),
    );
    const points = committed
      .flatMap(({ task }) => task.consumedOffsets())
      .filter(({ topic, offset }) => repartitions.has(topic) && offset > 0);
    purgeRecords(connection, points).catch((error: unknown) => {
      config.logger.debug('purging repartition topics failed', { reason: messageOf(error) });
    });
  }

  async #commit(tasks: readonly KafkaTask[]): Promise<void> {
    if (tasks.length === 0) return;
    const started = performance.now();
    const group: GroupIdentity = this.#member.identity;
    const results = await Promise.allSettled(tasks.map((task) => task.commit(group)));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
    this.#parts.metrics.committed(performance.now() - started);
  }

  #idleTime(): number {
    const now = Date.now();
    let wait = MAX_WAIT_MS;
    for (const { task, idleSince } of this.#tasks.values()) {
      const punctuation = task.nextWallClockPunctuation();
      if (punctuation !== null) wait = Math.min(wait, punctuation - now);
      if (task.commitNeeded)
        wait = Math.min(wait, this.#lastCommit + this.#parts.config.commitIntervalMs - now);
      if (idleSince !== null) wait = Math.min(wait, idleSince + this.#parts.config.maxTaskIdleMs - now);
    }
    return Math.max(wait, 1);
  }

  #askToRejoin(lost: boolean): void {
    if (this.#rejoin !== 'lost') this.#rejoin = lost ? 'lost' : 'yes';
    this.#restoring.abort();
    this.#wake.notify();
  }

  /** Commits while the tasks are still ours, joins again, and opens what is new. */
  async #rebalance(): Promise<void> {
    this.#parts.onState('REBALANCING');
    if (this.#rejoin === 'lost') this.#closeTasks(this.#tasks.keys());
    else await this.#commit([...this.#tasks.values()].filter(({ task }) => task.commitNeeded));
    this.#rejoin = 'no';
    this.#joining = true;
    let joined: JoinResult;
    try {
      joined = await this.#member.join(
        this.#sourceTopics(),
        { owned: this.taskIds, endpoint: this.#parts.config.endpoint },
        async (members) => shareTasks(this.#parts.plan, this.#parts.counts, members),
      );
    } finally {
      this.#joining = false;
    }
    this.#parts.metrics.rebalanced();
    // Otherwise an assignment in between was missed, and somebody else may have had our tasks meanwhile.
    const unbroken = joined.generation <= this.#generation + 1 && this.#rejoinState() === 'no';
    this.#rejoin = 'no';
    this.#restoring = new AbortController();
    this.#closeTasks(this.taskIds.filter((id) => !unbroken || !joined.tasks.includes(id)));
    this.#generation = joined.generation;
    await this.#openTasks(joined.tasks.filter((id) => !this.#tasks.has(id)));
    if (this.#rejoinState() === 'no' && !this.#closing) this.#parts.onState('RUNNING');
  }

  /** Read through a method: it changes while we wait. */
  #rejoinState(): 'no' | 'yes' | 'lost' {
    return this.#rejoin;
  }

  async #openTasks(ids: readonly string[]): Promise<void> {
    const environment = await this.#prepareEnvironment();
    const { signal } = this.#restoring;
    const opened = await Promise.allSettled(
      ids.map(async (id) => {
        const kafkaTask = new KafkaTask(environment, ...locateTask(this.#parts.plan, id));
        try {
          const positions = await kafkaTask.open(signal);
          signal.throwIfAborted();
          this.#parts.config.logger.info('task opened', { task: id, positions });
          this.#tasks.set(id, kafkaTask);
          for (const place of positions) this.#byInput.set(inputKey(place), kafkaTask);
          for (const place of positions) this.#fetcher.assign(place, place.offset);
        } catch (error) {
          kafkaTask.task.close();
          if (!signal.aborted) throw error;
          if (this.#rejoin === 'no') this.#rejoin = 'yes';
        }
      }),
    );
    for (const each of opened) if (each.status === 'rejected') throw each.reason;
    this.#fetcher.wake();
  }

  /** At least once, all tasks share a producer; a new one is made after it failed. */
  async #prepareEnvironment(): Promise<TaskEnvironment> {
    if (this.#environment !== null) return this.#environment;
    const { config, connection, restoreConnection, counts, globals, metrics, plan } = this.#parts;
    const sharedSender =
      config.processingGuarantee === 'exactly_once_v2'
        ? null
        : new RecordSender(connection, {
            transactionalId: null,
            transactionTimeoutMs: config.transactionTimeoutMs,
          });
    await sharedSender?.init();
    this.#environment = {
      config,
      connection,
      restoreConnection,
      isolation: this.#isolation,
      sharedSender,
      counts,
      latestTopics: plan.latestTopics,
      globalStores: globals.stores,
      metrics,
    };
    return this.#environment;
  }

  #sourceTopics(): string[] {
    return [...new Set(this.#parts.plan.subtopologies.flatMap((part) => part.sourceTopics))];
  }

  #wants(place: TopicPartition): boolean {
    const kafkaTask = this.#byInput.get(inputKey(place));
    if (kafkaTask === undefined || this.#closing) return false;
    return kafkaTask.task.buffered(place.topic) < this.#parts.config.bufferedRecordsPerPartition;
  }

  #closeTasks(ids: Iterable<string>): void {
    for (const id of [...ids]) {
      const kafkaTask = this.#tasks.get(id);
      if (kafkaTask === undefined) continue;
      this.#tasks.delete(id);
      for (const place of kafkaTask.task.inputs) {
        this.#fetcher.unassign(place);
        this.#byInput.delete(inputKey(place));
      }
      kafkaTask.task.close();
    }
  }

  /**
   * The tasks were fenced, or the cluster was out of reach for too long: drop everything that is not
   * committed and start over. Other errors are passed on.
   */
  async #giveUpTasks(error: unknown): Promise<void> {
    if (this.#closing && this.#tasks.size === 0) return;
    const curable = error instanceof TaskMigratedError || isFenced(error) || isRetriable(error);
    if (!curable) throw error;
    this.#parts.config.logger.warn('giving up tasks, joining again', { reason: messageOf(error) });
    this.#parts.metrics.migrated();
    this.#closeTasks(this.#tasks.keys());
    this.#environment = null;
    this.#failure = null;
    this.#generation = -2;
    if (this.#rejoin === 'no') this.#rejoin = 'yes';
    await this.#wake.wait(50);
  }

  async #finish(): Promise<void> {
    try {
      await this.#commit([...this.#tasks.values()].filter(({ task }) => task.commitNeeded));
    } catch (error) {
      this.#parts.config.logger.warn('the last commit failed', { reason: messageOf(error) });
    }
  }

  /** Best effort: the group notices by itself after the session time-out. */
  async #leave(): Promise<void> {
    try {
      await this.#member.leave(this.#parts.connection);
    } catch (error) {
      this.#parts.config.logger.warn('leaving the group failed', { reason: messageOf(error) });
    }
  }
}

function inputKey({ topic, partition }: TopicPartition): string {
  return `${topic}\u0000${partition}`;
}
