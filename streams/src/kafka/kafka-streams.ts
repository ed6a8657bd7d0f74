import { setTimeout as sleep } from 'node:timers/promises';
import { InvalidStateStoreError, ProcessingError, StreamsConfigError } from '../errors.ts';
import { withDeadLetterTopics } from '../handlers/error-policy.ts';
import { createGlobalStores } from '../internals/global-stores.ts';
import type { TopologyPlan } from '../internals/plan.ts';
import { querySessionStore } from '../internals/query-session-store.ts';
import { queryKeyValueStore, queryWindowStore } from '../internals/query-stores.ts';
import { queryVersionedStore } from '../internals/query-versioned-store.ts';
import { messageOf } from '../internals/record-queue.ts';
import { type Serde, Serdes } from '../serdes.ts';
import type {
  ReadOnlyKeyValueStore,
  ReadOnlySessionStore,
  ReadOnlyVersionedKeyValueStore,
  ReadOnlyWindowStore,
} from '../state-stores.ts';
import type { StoreBuilder } from '../store-builder.ts';
import type { Topology } from '../topology.ts';
import { explainLastingFailure } from './connection-failure.ts';
import { GlobalReader } from './global-reader.ts';
import { prepareTopics } from './internal-topics.ts';
import { connectAdmin } from './kafka-admin.ts';
import { KafkaConnection, RETRY_TIMEOUT_MS } from './kafka-connection.ts';
import { isRetriable } from './kafka-errors.ts';
import { type KafkaStreamsConfig, type ResolvedConfig, resolveConfig } from './kafka-streams-config.ts';
import { Listeners } from './listeners.ts';
import type { MetricsSnapshot } from './metrics-snapshot.ts';
import { explainMissingTopic } from './missing-topic.ts';
import {
  type ClusterView,
  findKey,
  type KeyQueryMetadata,
  listInstances,
  type StreamsMetadata,
} from './query-metadata.ts';
import type { RestoreListener } from './restore-listener.ts';
import { findOwners, type LocalPart, type PartOwners } from './store-parts.ts';
import { StreamRuntime } from './stream-runtime.ts';
import { StreamsMetrics } from './streams-metrics.ts';
import { createTaskStates, type TaskStates } from './task-states.ts';
import { UnansweredError, withTimeout } from './with-timeout.ts';

/** The life of an instance; the names are Kafka Streams'. */
export type KafkaStreamsState =
  | 'CREATED'
  | 'REBALANCING'
  | 'RUNNING'
  | 'PENDING_SHUTDOWN'
  | 'NOT_RUNNING'
  | 'ERROR';

/** Told when the state changes. */
export type StateListener = (state: KafkaStreamsState, before: KafkaStreamsState) => void;

/** How `KafkaStreams.close` ends. */
export interface CloseOptions {
  /** Gives up waiting for the last commit after this long, in ms; default: waits. */
  readonly timeoutMs?: number;
  /**
   * Tells the group, so that others take over at once. Default: true, but false for an instance with an
   * `instanceId`, whose tasks wait for its restart until the session time-out.
   */
  readonly leaveGroup?: boolean;
}

/** Told about a store's changes on this instance: the key and the new value, null when deleted. */
export type StoreChangeListener = (key: unknown, value: unknown) => void;

/**
 * Runs a topology on Kafka. All instances with one `applicationId` share the work; each task (a
 * subtopology over one partition) runs on one of them, with its stores.
 */
export class KafkaStreams {
  readonly #plan: TopologyPlan;
  readonly #config: ResolvedConfig;
  readonly #metrics = new StreamsMetrics();
  readonly #stateListeners: Listeners<Parameters<StateListener>>;
  readonly #restoreListeners: Listeners<Parameters<RestoreListener>>;
  readonly #errorListeners: Listeners<[error: unknown]>;
  readonly #connections: KafkaConnection[] = [];
  readonly #loading = new AbortController();
  #counts: ReadonlyMap<string, number> = new Map();
  #state: KafkaStreamsState = 'CREATED';
  #runtime: StreamRuntime | null = null;
  #globalReader: GlobalReader | null = null;
  #states: TaskStates | null = null;
  #launching: Promise<void> = Promise.resolve();
  #running: Promise<void> = Promise.resolve();
  #closed: Promise<void> | null = null;
  #error: unknown = null;

  /** Throws `TopologyError` or `StreamsConfigError`; nothing is contacted yet. */
  constructor(topology: Topology, config: KafkaStreamsConfig) {
    this.#config = resolveConfig(config);
    this.#plan = withDeadLetterTopics(topology.plan(config.applicationId), config);
    const { logger } = this.#config;
    this.#stateListeners = new Listeners(logger);
    this.#restoreListeners = new Listeners(logger);
    this.#errorListeners = new Listeners(logger);
  }

  get state(): KafkaStreamsState {
    return this.#state;
  }

  /** The error that ended this instance, when its state is ERROR. */
  get error(): unknown {
    return this.#error;
  }

  /** Returns a function that stops listening. */
  onStateChange(listener: StateListener): () => void {
    return this.#stateListeners.add(listener);
  }

  /** Told how restoring goes, per store. Returns a function that stops listening. */
  onRestore(listener: RestoreListener): () => void {
    return this.#restoreListeners.add(listener);
  }

  /** Told the error that ends this instance. Returns a function that stops listening. */
  onError(listener: (error: unknown) => void): () => void {
    return this.#errorListeners.add(listener);
  }

  /**
   * Checks topics, makes internal ones, loads global tables, joins the group and restores stores.
   * Resolves when the state is RUNNING for the first time, or when it was closed before that. Rejects with
   * `TopologyError` or `StreamsConfigError` when something must be changed first; nothing was consumed then.
   */
  async start(): Promise<void> {
    if (this.#state !== 'CREATED') {
      throw new StreamsConfigError(`This instance is ${this.#state}; make a new one to start again.`);
    }
    this.#setState('REBALANCING');
    this.#launching = this.#launch();
    try {
      await this.#launching;
    } catch (error) {
      if (this.#closed === null) await this.#fail(error);
      await this.#closed;
      if (this.#error !== null) throw this.#error;
      return;
    }
    await this.#untilRunning();
  }

  /**
   * Commits, leaves the group, and ends. Idempotent: the options of the first call count. A step may call
   * it, but not wait for it: it waits for the steps.
   */
  close(options: CloseOptions = {}): Promise<void> {
    this.#closed ??= this.#close('NOT_RUNNING', options);
    return this.#closed;
  }

  /** Reads a key-value store's local part. Throws `InvalidStateStoreError` while not RUNNING. */
  store<K, V>(name: string): ReadOnlyKeyValueStore<K, V> {
    this.#assertStore(name, 'key-value');
    return queryKeyValueStore<K, V>(name, () => this.#handles(name));
  }

  /** Reads a window store's local part. Throws `InvalidStateStoreError` while not RUNNING. */
  windowStore<K, V>(name: string): ReadOnlyWindowStore<K, V> {
    this.#assertStore(name, 'window');
    return queryWindowStore<K, V>(name, () => this.#handles(name));
  }

  /** Reads a session store's local part. Throws `InvalidStateStoreError` while not RUNNING. */
  sessionStore<K, V>(name: string): ReadOnlySessionStore<K, V> {
    this.#assertStore(name, 'session');
    return querySessionStore<K, V>(name, () => this.#handles(name));
  }

  /** Reads a versioned store's local part. Throws `InvalidStateStoreError` while not RUNNING. */
  versionedStore<K, V>(name: string): ReadOnlyVersionedKeyValueStore<K, V> {
    this.#assertStore(name, 'versioned');
    return queryVersionedStore<K, V>(name, () => this.#handles(name));
  }

  /** The stores of this topology, whether their parts are here or elsewhere. */
  storeBuilders(): StoreBuilder[] {
    const local = this.#plan.subtopologies.flatMap((part) => part.stores.map(({ builder }) => builder));
    return [...local, ...this.#plan.globalStores.map(({ builder }) => builder)];
  }

  /**
   * Listens to the changes of a store's parts that are here now. After a rebalance listen again
   * (`onStateChange`). Returns a function that stops listening.
   */
  onStoreChange(name: string, listener: StoreChangeListener): () => void {
    const told = new Listeners<Parameters<StoreChangeListener>>(this.#config.logger);
    told.add(listener);
    const tell: StoreChangeListener = (key, value) => told.tell(key, value);
    const stops = this.#handles(name).map((handle) => handle.subscribe(tell));
    return () => {
      for (const stop of stops) stop();
    };
  }

  /**
   * Where a key lives, by the last assignment; null before it. `serde` is the store's own by default.
   * Throws `InvalidStateStoreError` for an unknown store or a global table.
   */
  queryMetadataForKey(store: string, key: unknown, serde?: Serde<unknown>): KeyQueryMetadata | null {
    const builder = this.storeBuilders().find(({ name }) => name === store);
    return findKey(this.#clusterView(), store, key, serde ?? builder?.key ?? Serdes.bytes());
  }

  /** All instances with their tasks and stores, by the last assignment; empty before it. */
  allMetadata(): StreamsMetadata[] {
    return listInstances(this.#clusterView());
  }

  /** Who has which partition of a store, by the last assignment; null for a global table. */
  storeOwners(name: string): PartOwners[] | null {
    const { taskIds, standbyTaskIds } = this;
    const own = { endpoint: this.#config.endpoint, tasks: taskIds, standbys: standbyTaskIds };
    return findOwners(this.#clusterView(), name, own);
  }

  /**
   * The parts of a store that can be read here, one per partition. With `stale` also those of standby
   * tasks, and the tasks' own while the group rebalances: both may be behind.
   */
  storeParts(name: string, options: { readonly stale?: boolean } = {}): LocalPart[] {
    const parts = this.#runtime?.storeParts(name) ?? [];
    if (options.stale !== true) return this.#state === 'RUNNING' ? parts.filter(isFresh) : [];
    return this.#state === 'RUNNING'
      ? parts
      : parts.map((part) => (isFresh(part) ? { ...part, behind: -1 } : part));
  }

  #clusterView(): ClusterView {
    return { plan: this.#plan, counts: this.#counts, members: this.#runtime?.members ?? [] };
  }

  metrics(): MetricsSnapshot {
    const runtime = this.#runtime;
    return this.#metrics.snapshot(runtime?.gauges() ?? { tasks: [], lag: [], stores: [] });
  }

  /** Ids of the tasks that run here. */
  get taskIds(): string[] {
    return this.#runtime?.taskIds ?? [];
  }

  /** Ids of the tasks whose stores are followed here. */
  get standbyTaskIds(): string[] {
    return this.#runtime?.standbyTaskIds ?? [];
  }

  async #launch(): Promise<void> {
    const config = this.#config;
    this.#states = createTaskStates(this.#plan, config);
    const counts = await this.#prepareTopics();
    this.#counts = counts;
    const connection = await this.#connect([...counts.keys()]);
    const globals = createGlobalStores(this.#plan);
    if (globals.topics.length > 0) {
      const connection = await this.#connect(globals.topics);
      const reader = new GlobalReader(connection, globals, config, this.#metrics, (error) => {
        void this.#fail(error);
      });
      this.#globalReader = reader;
      await reader.load(this.#loading.signal);
    }
    const runtime = new StreamRuntime({
      config,
      plan: this.#plan,
      counts,
      connection,
      groupConnection: await this.#connect([]),
      restoreConnection: await this.#connect(this.#plan.internalTopics.map(({ name }) => name)),
      standbyConnection: await this.#connect([]),
      globals,
      metrics: this.#metrics,
      states: this.#states,
      onRestore: (progress) => this.#restoreListeners.tell(progress),
      onState: (state) => {
        if (this.#state === 'REBALANCING' || this.#state === 'RUNNING') this.#setState(state);
      },
    });
    this.#runtime = runtime;
    this.#running = runtime.run().catch((error: unknown) => this.#failed(error));
  }

  /** Without any broker it says so at once; one that fails after it answered may come back. */
  async #prepareTopics(): Promise<ReadonlyMap<string, number>> {
    const { bootstrapServers, replicationFactor } = this.#config;
    const deadline = Date.now() + RETRY_TIMEOUT_MS;
    for (let reached = false; ; await sleep(500)) {
      try {
        const admin = await connectAdmin(this.#config);
        reached = true;
        return await prepareTopics(this.#plan, admin, replicationFactor).finally(() => admin.close());
      } catch (cause) {
        if (reached && isRetriable(cause) && Date.now() < deadline && !this.#loading.signal.aborted) continue;
        if (reached || cause instanceof StreamsConfigError) throw cause;
        const servers = bootstrapServers.join(', ');
        throw new StreamsConfigError(`No broker answers at ${servers}: ${messageOf(cause)}`, { cause });
      }
    }
  }

  async #connect(topics: readonly string[]): Promise<KafkaConnection> {
    const { signal } = this.#loading;
    signal.throwIfAborted();
    const connection = new KafkaConnection(this.#config);
    this.#connections.push(connection);
    await connection.retry(() => connection.connect(topics), { signal });
    signal.throwIfAborted();
    return connection;
  }

  #untilRunning(): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = (state: KafkaStreamsState): void => {
        // After an error it ends in order first.
        if (state === 'REBALANCING' || (state === 'PENDING_SHUTDOWN' && this.#error !== null)) return;
        stop();
        if (state === 'ERROR') reject(this.#error);
        else resolve();
      };
      const stop = this.onStateChange(check);
      check(this.#state);
    });
  }

  /** The runtime ended with an error: close what is left without waiting for it. */
  #failed(error: unknown): void {
    if (this.#state === 'PENDING_SHUTDOWN' && isRetriable(error)) return;
    void this.#fail(error);
  }

  async #fail(cause: unknown): Promise<void> {
    if (this.#error !== null) return;
    const error = explainMissingTopic(explainLastingFailure(cause, this.#config), this.#plan);
    this.#error = error;
    const place = error instanceof ProcessingError ? error.place : null;
    this.#config.logger.error('stopping after an error', { error: messageOf(error), ...place });
    this.#closed ??= this.#close('ERROR');
    await this.#closed;
    this.#errorListeners.tell(error);
  }

  async #close(end: 'NOT_RUNNING' | 'ERROR', options: CloseOptions = {}): Promise<void> {
    if (this.#state !== 'CREATED') this.#setState('PENDING_SHUTDOWN');
    this.#loading.abort();
    this.#globalReader?.close();
    this.#runtime?.close(options.leaveGroup ?? this.#config.instanceId === null);
    await this.#untilEnded(options.timeoutMs);
    this.#states?.close();
    await Promise.all(this.#connections.map((connection) => connection.close()));
    this.#setState(this.#error === null ? end : 'ERROR');
  }

  /** What hangs is left behind, as a crash would leave it. */
  async #untilEnded(timeoutMs: number | undefined): Promise<void> {
    const ended = Promise.allSettled([this.#launching]).then(() => this.#running);
    try {
      await (timeoutMs === undefined ? ended : withTimeout(ended, timeoutMs));
    } catch (error) {
      if (!(error instanceof UnansweredError)) throw error;
      this.#runtime?.abandon();
      this.#config.logger.warn('closing took too long; what was not committed will be done again', {
        timeoutMs,
      });
    }
  }

  #handles(name: string) {
    if (this.#state !== 'RUNNING') {
      throw new InvalidStateStoreError(
        `The store "${name}" cannot be read while the instance is ${this.#state}.`,
      );
    }
    return this.#runtime?.storeHandles(name) ?? [];
  }

  #assertStore(name: string, kind: StoreBuilder['kind']): void {
    const builder = this.storeBuilders().find((each) => each.name === name);
    if (builder === undefined)
      throw new InvalidStateStoreError(`This topology has no store named "${name}".`);
    if (builder.kind !== kind)
      throw new InvalidStateStoreError(`The store "${name}" is not a ${kind} store.`);
  }

  #setState(state: KafkaStreamsState): void {
    const before = this.#state;
    if (before === state) return;
    this.#state = state;
    this.#config.logger.info('state changed', { from: before, to: state });
    this.#stateListeners.tell(state, before);
  }
}

function isFresh({ behind }: LocalPart): boolean {
  return behind === null;
}
