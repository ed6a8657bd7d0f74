import { setImmediate as yieldToEvents } from 'node:timers/promises';
import { TaskMigratedError } from '../errors.ts';
import { GLOBAL_TASK } from '../internals/global-stores.ts';
import { messageOf } from '../internals/record-queue.ts';
import type { StoreHandle } from '../internals/store-handle.ts';
import type { ClusterMember } from './group-assignment.ts';
import { GroupMember, type JoinResult } from './group-member.ts';
import { isFenced, isRetriable } from './kafka-errors.ts';
import type { InstanceGauges } from './metrics-snapshot.ts';
import { OpenTasks } from './open-tasks.ts';
import type { RuntimeParts } from './runtime-parts.ts';
import { StandbyTasks } from './standby-tasks.ts';
import { storeFigures } from './store-figures.ts';
import type { LocalPart } from './store-parts.ts';
import { TaskCommits } from './task-commits.ts';
import { isReady } from './task-readiness.ts';
import { meansTheSame, shareTasks, tasksFingerprint } from './task-shares.ts';
import { TroubleLog } from './trouble-log.ts';
import { WakeSignal } from './wake-signal.ts';

const RECORDS_PER_TURN = 200;
const FLUSH_BYTES = 256 * 1024;
const MAX_BUFFERED_BYTES = 32 * 1024 * 1024;
const MAX_WAIT_MS = 1_000;

const OTHER_TOPOLOGY =
  'instances with another topology lead the group: this one gets no tasks until they are stopped';

/** The loop of one instance: membership, tasks, records, commits. */
export class StreamRuntime {
  readonly #parts: RuntimeParts;
  readonly #member: GroupMember;
  readonly #tasks: OpenTasks;
  readonly #standbys: StandbyTasks;
  readonly #commits: TaskCommits;
  readonly #wake = new WakeSignal();
  #restoring = new AbortController();
  #generation = -1;
  #members: readonly ClusterMember[] = [];
  #rejoin: 'no' | 'yes' | 'lost' = 'yes';
  #closing = false;
  #leaveGroup = true;
  #objections = 0;
  /** In the middle of a join, which may block until all others have joined. */
  #joining = false;
  #failure: unknown = null;

  constructor(parts: RuntimeParts) {
    const { config } = parts;
    this.#parts = parts;
    this.#member = new GroupMember(
      parts.groupConnection,
      {
        groupId: config.applicationId,
        instanceId: config.instanceId,
        sessionTimeoutMs: config.sessionTimeoutMs,
        heartbeatIntervalMs: config.heartbeatIntervalMs,
        rebalanceTimeoutMs: config.rebalanceTimeoutMs,
        troubles: new TroubleLog(config.logger),
      },
      (lost) => this.#askToRejoin(lost),
    );
    const onError = (error: unknown): void => {
      this.#failure = error;
      this.#wake.notify();
    };
    this.#standbys = new StandbyTasks(parts, { onCut: () => this.#wake.notify(), onError });
    this.#tasks = new OpenTasks(parts, {
      onArrival: () => this.#wake.notify(),
      onError,
      isOpen: () => !this.#closing,
    });
    this.#commits = new TaskCommits(parts, () => this.#member.identity);
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
      await this.#end();
    }
  }

  async #end(): Promise<void> {
    this.#tasks.fetcher.close();
    try {
      await this.#tasks.close(this.#tasks.ids);
    } finally {
      await this.#standbys.closeAll();
      await this.#leave();
    }
  }

  /** Ends the loop after a last commit, and leaves the group unless its tasks are to wait for a restart. */
  close(leaveGroup: boolean): void {
    this.#closing = true;
    this.#leaveGroup = leaveGroup;
    this.#restoring.abort();
    this.#wake.notify();
    if (this.#joining) {
      this.#member.abandon();
      void this.#parts.groupConnection.close();
    }
  }

  /** Gives up waiting for `run` to end: stops whatever would keep the process, or the tasks from others. */
  abandon(): void {
    this.#member.abandon();
    this.#tasks.fetcher.close();
    this.#standbys.abandon();
  }

  /** Tasks' stores of this name that are ready to be read. */
  storeHandles(name: string): StoreHandle[] {
    const global = this.#parts.globals.handles.get(name);
    return global === undefined ? this.#tasks.storeHandles(name) : [global];
  }

  /** The parts of a store that are here: first the tasks' own, then those that are followed. */
  storeParts(name: string): LocalPart[] {
    const global = this.#parts.globals.handles.get(name);
    if (global !== undefined) return [{ partition: 0, handle: global, behind: null }];
    return [...this.#tasks.storeParts(name), ...this.#standbys.storeParts(name)];
  }

  get taskIds(): string[] {
    return this.#tasks.ids;
  }

  get standbyTaskIds(): string[] {
    return this.#standbys.ids;
  }

  /** Who has which tasks, as the last assignment says; empty before the first. */
  get members(): readonly ClusterMember[] {
    return this.#members;
  }

  /** What the tasks look like now. */
  gauges(): InstanceGauges {
    const globals = [...this.#parts.globals.handles.values()];
    return {
      tasks: this.taskIds,
      lag: this.#tasks.lag(),
      stores: [...this.#tasks.storeSizes(), ...globals.map((handle) => storeFigures(GLOBAL_TASK, handle))],
    };
  }

  async #turn(): Promise<void> {
    if (this.#failure !== null) {
      const failure = this.#failure;
      this.#failure = null;
      throw failure;
    }
    if (this.#rejoin !== 'no') await this.#rebalance();
    await this.#standbys.repair();
    if (this.#closing) return;
    const worked = this.#process();
    await this.#send();
    await this.#commits.commitIfDue(this.#tasks.values());
    if (worked) await yieldToEvents();
    else await this.#wake.wait(this.#idleTime());
  }

  /** Gives every task a share of records; true if any had one. */
  #process(): boolean {
    const { fetcher } = this.#tasks;
    const { metrics } = this.#parts;
    const { maxTaskIdleMs } = this.#parts.config;
    const started = performance.now();
    let total = 0;
    for (const kafkaTask of this.#tasks.values()) {
      const { task } = kafkaTask;
      let count = 0;
      let filled = -1;
      while (count < RECORDS_PER_TURN) {
        // Nothing arrives meanwhile, so whether it may go on changes only when an input runs empty.
        if (filled !== task.filledInputs) {
          filled = task.filledInputs;
          if (!isReady(kafkaTask, fetcher, maxTaskIdleMs)) break;
        }
        if (!task.process()) break;
        task.punctuateStreamTime();
        count += 1;
      }
      task.punctuateWallClock();
      if (count === 0) continue;
      total += count;
      kafkaTask.metrics.processed(count);
      metrics.lateness(Date.now() - task.lastTimestamp);
    }
    if (total > 0) metrics.turned(performance.now() - started);
    fetcher.wake();
    return total > 0;
  }

  async #send(): Promise<void> {
    for (const sender of this.#tasks.senders()) {
      if (sender.bufferedBytes > MAX_BUFFERED_BYTES) await sender.flush();
      else if (sender.bufferedBytes > FLUSH_BYTES || this.#tasks.isEager(sender)) {
        sender.flush().catch((error: unknown) => {
          this.#failure ??= error;
        });
      }
    }
  }

  #idleTime(): number {
    const now = Date.now();
    let wait = MAX_WAIT_MS;
    for (const { task, idleSince } of this.#tasks.values()) {
      const punctuation = task.nextWallClockPunctuation();
      if (punctuation !== null) wait = Math.min(wait, punctuation - now);
      if (task.commitNeeded) wait = Math.min(wait, this.#commits.nextDue - now);
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
    if (this.#rejoin === 'lost') await this.#tasks.close(this.#tasks.ids);
    else await this.#commits.commitAll(this.#tasks.values());
    this.#rejoin = 'no';
    const joined = await this.#join();
    this.#parts.metrics.rebalanced();
    // Otherwise an assignment in between was missed, and somebody else may have had our tasks meanwhile.
    const unbroken = joined.generation <= this.#generation + 1 && this.#rejoinState() === 'no';
    this.#rejoin = 'no';
    this.#restoring = new AbortController();
    this.#generation = joined.generation;
    this.#members = joined.members;
    await this.#giveAway(joined, unbroken);
    this.#parts.config.logger.info('joined the group', {
      generation: joined.generation,
      tasks: joined.tasks,
      standbys: joined.standbys,
    });
    const fresh = joined.tasks.filter((id) => !this.#tasks.has(id));
    const { signal } = this.#restoring;
    const complete = await this.#tasks.open(fresh, signal, (id) => this.#standbys.take(id));
    const followed = new Set(this.#standbys.ids);
    for (const id of joined.standbys) if (!followed.has(id)) await this.#standbys.add(id);
    if (!complete && this.#rejoinState() === 'no') this.#rejoin = 'yes';
    if (this.#rejoinState() === 'no' && !this.#closing) this.#parts.onState('RUNNING');
  }

  /** Closes what is not ours any more before anything is opened; stores go to standbys where they can. */
  async #giveAway({ tasks, standbys }: JoinResult, unbroken: boolean): Promise<void> {
    const kept = unbroken ? tasks : [];
    for (const id of this.taskIds.filter((each) => !kept.includes(each))) {
      if (unbroken && standbys.includes(id)) {
        const state = await this.#tasks.release(id);
        if (state !== null) await this.#standbys.add(id, state);
      } else {
        await this.#tasks.close([id]);
      }
    }
    const wanted = new Set([...tasks, ...standbys]);
    await this.#standbys.close(this.#standbys.ids.filter((id) => !wanted.has(id)));
  }

  async #join(): Promise<JoinResult> {
    this.#joining = true;
    try {
      const joined = await this.#joinOnce();
      if (meansTheSame(this.#parts.plan, joined.topology)) return joined;
      return await this.#joinOthers();
    } finally {
      this.#joining = false;
    }
  }

  #joinOnce(): Promise<JoinResult> {
    const { config, counts, plan, states } = this.#parts;
    return this.#member.join(
      [...new Set(plan.subtopologies.flatMap((part) => part.sourceTopics))],
      {
        owned: this.taskIds,
        standbys: this.#standbys.ids,
        stored: { ...states.stored(), ...this.#standbys.offsetSums() },
        endpoint: config.endpoint,
        topology: tasksFingerprint(plan),
        objections: this.#objections,
      },
      async (members) => shareTasks(plan, counts, members, config.numStandbyReplicas),
    );
  }

  /**
   * The assignment is for another topology, so its tasks mean something else. A static member may have been
   * given back what it had before its restart, without anybody leading: it objects, once.
   */
  async #joinOthers(): Promise<JoinResult> {
    if (this.#parts.config.instanceId !== null && this.#objections === 0) {
      this.#objections = 1;
      const joined = await this.#joinOnce();
      if (meansTheSame(this.#parts.plan, joined.topology)) return joined;
    }
    this.#parts.config.logger.warn(OTHER_TOPOLOGY);
    return {
      generation: this.#member.identity.generation,
      topology: null,
      tasks: [],
      standbys: [],
      members: [],
    };
  }

  /** Read through a method: it changes while we wait. */
  #rejoinState(): 'no' | 'yes' | 'lost' {
    return this.#rejoin;
  }

  /**
   * The tasks were fenced, or the cluster was out of reach for too long: drop everything that is not
   * committed and start over. Other errors are passed on.
   */
  async #giveUpTasks(error: unknown): Promise<void> {
    if (this.#closing && this.#tasks.size === 0) return;
    const curable = error instanceof TaskMigratedError || isFenced(error) || isRetriable(error);
    if (!curable) {
      await this.#tasks.flush();
      throw error;
    }
    this.#parts.config.logger.warn('giving up tasks, joining again', { error: messageOf(error) });
    this.#parts.metrics.migrated();
    await this.#tasks.giveUp();
    this.#failure = null;
    this.#generation = -2;
    if (this.#rejoin === 'no') this.#rejoin = 'yes';
    await this.#wake.wait(50);
  }

  async #finish(): Promise<void> {
    try {
      await this.#commits.commitAll(this.#tasks.values());
    } catch (error) {
      this.#parts.config.logger.warn('the last commit failed', { error: messageOf(error) });
    }
  }

  /** Best effort: the group notices by itself after the session time-out. */
  async #leave(): Promise<void> {
    if (!this.#leaveGroup) {
      this.#member.abandon();
      return;
    }
    try {
      await this.#member.leave(this.#parts.connection);
    } catch (error) {
      this.#parts.config.logger.warn('leaving the group failed', { error: messageOf(error) });
    }
  }
}
