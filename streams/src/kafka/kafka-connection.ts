import { setTimeout as sleep } from 'node:timers/promises';
import { errorType, isRetriable } from './kafka-errors.ts';
import {
  type ConnectionOptions,
  kafkaInternals,
  type RawBroker,
  type RawCluster,
  type RawRequest,
} from './kafkajs-internals.ts';
import { UnansweredError, withTimeout } from './with-timeout.ts';

const GROUP = 0;
const TRANSACTION = 1;

/** Longer than any broker takes to answer; a transaction would have timed out by then. */
const ANSWER_TIMEOUT_MS = 15_000;

/** Retries end after this long; the caller then starts over from committed state. */
export const RETRY_TIMEOUT_MS = 60_000;

export interface RetryOptions {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** One set of connections to the brokers, with leaders and coordinators looked up as they move. */
export class KafkaConnection {
  readonly #cluster: RawCluster;
  readonly #coordinators = new Map<string, RawBroker>();
  #topics = new Set<string>();
  #closed = false;

  constructor(options: ConnectionOptions) {
    this.#cluster = kafkaInternals().createCluster(options);
  }

  async connect(topics: readonly string[]): Promise<void> {
    await this.#cluster.connect();
    await this.addTopics(topics);
  }

  /** Loads the metadata of topics; an unknown topic is an error. */
  async addTopics(topics: readonly string[]): Promise<void> {
    const fresh = topics.filter((topic) => !this.#topics.has(topic));
    if (fresh.length === 0) return;
    await this.#cluster.addMultipleTargetTopics(fresh);
    this.#topics = new Set([...this.#topics, ...fresh]);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#cluster.disconnect();
  }

  partitionCount(topic: string): number {
    return this.#cluster.findTopicPartitionMetadata(topic).length;
  }

  /** Node id of a partition's leader; null while there is none. */
  leaderOf(topic: string, partition: number): number | null {
    const found = this.#cluster
      .findTopicPartitionMetadata(topic)
      .find(({ partitionId }) => partitionId === partition);
    return found === undefined || found.leader < 0 ? null : found.leader;
  }

  broker(nodeId: number): Promise<RawBroker> {
    return this.#cluster.findBroker({ nodeId });
  }

  async anyBroker(): Promise<RawBroker> {
    const [nodeId] = this.#cluster.getNodeIds();
    return this.broker(Number(nodeId));
  }

  groupCoordinator(groupId: string): Promise<RawBroker> {
    return this.#coordinator(GROUP, groupId);
  }

  transactionCoordinator(transactionalId: string): Promise<RawBroker> {
    return this.#coordinator(TRANSACTION, transactionalId);
  }

  /**
   * Sends a request. KafkaJS has its own time-out, but loses it when a connection is closed and opened
   * at the wrong moment: the request would wait for ever.
   */
  async send<T>(broker: RawBroker, request: RawRequest, timeoutMs = ANSWER_TIMEOUT_MS): Promise<T> {
    try {
      return (await withTimeout(broker.connectionPool.send(request), timeoutMs)) as T;
    } catch (error) {
      if (error instanceof UnansweredError) this.#cluster.removeBroker(broker.connectionPool);
      throw error;
    }
  }

  /** Forgets what may have moved. */
  async refresh(error: unknown): Promise<void> {
    this.#coordinators.clear();
    if (errorType(error) === 'KafkaJSConnectionClosedError' && hasAddress(error)) {
      this.#cluster.removeBroker({ host: error.host, port: error.port });
    }
    if (error instanceof UnansweredError) await this.#forgetBrokers();
    await this.#cluster.refreshMetadata();
  }

  /** Repeats `work` while its errors are of the kind that pass. */
  async retry<T>(work: () => Promise<T>, options: RetryOptions = {}): Promise<T> {
    const deadline = Date.now() + (options.timeoutMs ?? RETRY_TIMEOUT_MS);
    for (let delay = 20; ; delay = Math.min(delay * 2, 1_000)) {
      try {
        return await withTimeout(work(), ANSWER_TIMEOUT_MS);
      } catch (error) {
        if (
          !isRetriable(error) ||
          Date.now() > deadline ||
          this.#closed ||
          options.signal?.aborted === true
        ) {
          throw error;
        }
        await sleep(delay);
        if (errorType(error) !== 'CONCURRENT_TRANSACTIONS') await this.#refreshQuietly(error);
      }
    }
  }

  /** Which broker did not answer is not known here, so all are connected anew. */
  async #forgetBrokers(): Promise<void> {
    for (const nodeId of this.#cluster.getNodeIds()) {
      const { connectionPool } = await withTimeout(this.broker(Number(nodeId)), ANSWER_TIMEOUT_MS);
      this.#cluster.removeBroker(connectionPool);
    }
  }

  /** A refresh that fails is no news: the next attempt will say the same. */
  async #refreshQuietly(error: unknown): Promise<void> {
    try {
      await this.refresh(error);
    } catch (cause) {
      if (!isRetriable(cause)) throw cause;
    }
  }

  async #coordinator(coordinatorType: number, groupId: string): Promise<RawBroker> {
    const key = `${coordinatorType}:${groupId}`;
    const known = this.#coordinators.get(key);
    if (known !== undefined) return this.broker(known.nodeId);
    const found = await this.#cluster.findGroupCoordinator({ groupId, coordinatorType });
    this.#coordinators.set(key, found);
    return found;
  }
}

function hasAddress(error: unknown): error is { host: string; port: number } {
  return typeof error === 'object' && error !== null && 'host' in error && 'port' in error;
}
