import { setTimeout as sleep } from 'node:timers/promises';
import { MissingTopicError } from '../errors.ts';
import { type Access, nameRefusal, topicAccess } from './access.ts';
import { COORDINATOR, type CoordinatorKind, findCoordinatorRequest } from './find-coordinator.ts';
import { errorType, isRetriable } from './kafka-errors.ts';
import {
  type ConnectionOptions,
  kafkaInternals,
  type RawBroker,
  type RawCluster,
  type RawRequest,
} from './kafkajs-internals.ts';
import { type TopicMetadata, type TopicMetadataAnswer, topicMetadataRequest } from './topic-metadata.ts';
import { UnansweredError, withTimeout } from './with-timeout.ts';

/** Longer than any broker takes to answer; a transaction would have timed out by then. */
const ANSWER_TIMEOUT_MS = 15_000;

/** Retries end after this long; the caller then starts over from committed state. */
export const RETRY_TIMEOUT_MS = 60_000;

/** A topic that brokers do not know for so long was deleted; while a broker starts it may not know it yet. */
const MISSING_TOPIC_PATIENCE_MS = 5_000;

const UNKNOWN_TOPIC = 'UNKNOWN_TOPIC_OR_PARTITION';

export interface RetryOptions {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
  /** Told of each failure that is tried again. */
  readonly onRetry?: (error: unknown) => void;
}

/** One set of connections to the brokers, with leaders and coordinators looked up as they move. */
export class KafkaConnection {
  readonly #cluster: RawCluster;
  readonly #coordinators = new Map<string, RawBroker>();
  #topics = new Set<string>();
  /** When brokers began to say that they do not know a topic, and when they said so last. */
  #unknownTopic = { since: 0, last: 0 };
  #closed = false;

  constructor(options: ConnectionOptions) {
    this.#cluster = kafkaInternals().createCluster(options);
  }

  async connect(topics: readonly string[]): Promise<void> {
    await this.#cluster.connect();
    await this.addTopics(topics);
  }

  /** Loads the metadata of topics; an unknown topic is an error. `operation`: what they are for. */
  async addTopics(topics: readonly string[], operation: Access['operation'] = 'Describe'): Promise<void> {
    const fresh = topics.filter((topic) => !this.#topics.has(topic));
    if (fresh.length === 0) return;
    try {
      await this.#cluster.addMultipleTargetTopics(fresh);
    } catch (error) {
      throw await this.#nameTopic(error, fresh, operation);
    }
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
    return this.#coordinator('group', groupId);
  }

  transactionCoordinator(transactionalId: string): Promise<RawBroker> {
    return this.#coordinator('transaction', transactionalId);
  }

  /** What the cluster says of each of these topics. */
  async describeTopics(topics: readonly string[]): Promise<readonly TopicMetadata[]> {
    return (await this.#sendToAny<TopicMetadataAnswer>(topicMetadataRequest(topics))).topics;
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

  /**
   * Forgets what may have moved. Throws `MissingTopicError` when a topic that was there is not known any
   * more for some time, and `AuthorizationError` when one may not be seen.
   */
  async refresh(error: unknown): Promise<void> {
    this.#coordinators.clear();
    if (errorType(error) === 'KafkaJSConnectionClosedError' && hasAddress(error)) {
      this.#cluster.removeBroker({ host: error.host, port: error.port });
    }
    if (error instanceof UnansweredError) await this.#forgetBrokers();
    try {
      await this.#cluster.refreshMetadata();
    } catch (cause) {
      throw await this.#nameTopic(cause, [...this.#topics], 'Describe');
    }
    this.#unknownTopic.last = 0;
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
        options.onRetry?.(error);
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

  async #coordinator(kind: CoordinatorKind, id: string): Promise<RawBroker> {
    const key = `${COORDINATOR[kind]}:${id}`;
    const known = this.#coordinators.get(key);
    if (known !== undefined) return this.broker(known.nodeId);
    const { nodeId } = await this.#sendToAny<{ nodeId: number }>(findCoordinatorRequest(kind, id));
    const found = await this.broker(nodeId);
    this.#coordinators.set(key, found);
    return found;
  }

  /** Asks one broker after the other until one answers. */
  async #sendToAny<T>(request: RawRequest): Promise<T> {
    if (this.#cluster.getNodeIds().length === 0) await this.#cluster.refreshMetadata();
    let failure: unknown = new UnansweredError('The cluster has no brokers.');
    for (const nodeId of this.#cluster.getNodeIds()) {
      try {
        return await this.send<T>(await this.broker(Number(nodeId)), request);
      } catch (error) {
        if (!isRetriable(error)) throw error;
        failure = error;
      }
    }
    throw failure;
  }

  /** Says which of several topics is meant, when it may not be seen or was deleted. */
  async #nameTopic(
    error: unknown,
    topics: readonly string[],
    operation: Access['operation'],
  ): Promise<unknown> {
    const type = errorType(error);
    if (type === 'TOPIC_AUTHORIZATION_FAILED') {
      const refused = (await this.describeTopics(topics)).filter((each) => errorType(each.error) === type);
      return nameRefusal(error, [topicAccess(operation, ...refused.map(({ topic }) => topic))]);
    }
    if (type !== UNKNOWN_TOPIC || !this.#isUnknownForLong()) return error;
    const known = topics.filter((topic) => this.#topics.has(topic));
    const missing = (await this.describeTopics(known)).find(
      (each) => errorType(each.error) === UNKNOWN_TOPIC,
    );
    return missing === undefined ? error : new MissingTopicError(missing.topic);
  }

  #isUnknownForLong(): boolean {
    const now = Date.now();
    const { since, last } = this.#unknownTopic;
    this.#unknownTopic = { since: now - last > MISSING_TOPIC_PATIENCE_MS ? now : since, last: now };
    return now - this.#unknownTopic.since > MISSING_TOPIC_PATIENCE_MS;
  }
}

function hasAddress(error: unknown): error is { host: string; port: number } {
  return typeof error === 'object' && error !== null && 'host' in error && 'port' in error;
}
