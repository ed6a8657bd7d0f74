import { messageOf } from '../internals/record-queue.ts';
import { isAccessRefused } from './access.ts';
import type { GroupIdentity } from './committed-offsets.ts';
import type { KafkaTask } from './kafka-task.ts';
import { purgeRecords } from './purge-records.ts';
import type { RuntimeParts } from './runtime-parts.ts';

/** Commits tasks when it is time, and deletes what was consumed from repartition topics. */
export class TaskCommits {
  readonly #parts: RuntimeParts;
  readonly #identity: () => GroupIdentity;
  #lastCommit = Date.now();
  #lastPurge = Date.now();

  constructor(parts: RuntimeParts, identity: () => GroupIdentity) {
    this.#parts = parts;
    this.#identity = identity;
  }

  /** When the next regular commit is due, ms since the epoch. */
  get nextDue(): number {
    return this.#lastCommit + this.#parts.config.commitIntervalMs;
  }

  async commitIfDue(tasks: readonly KafkaTask[]): Promise<void> {
    const due = Date.now() >= this.nextDue;
    const chosen = tasks.filter(({ task }) => (due && task.commitNeeded) || task.commitRequested);
    if (due) this.#lastCommit = Date.now();
    await this.#commit(chosen);
    this.#purgeIfDue(chosen);
  }

  /** Commits whatever was processed since the last time. */
  async commitAll(tasks: readonly KafkaTask[]): Promise<void> {
    await this.#commit(tasks.filter(({ task }) => task.commitNeeded));
  }

  async #commit(tasks: readonly KafkaTask[]): Promise<void> {
    if (tasks.length === 0) return;
    const started = performance.now();
    const group = this.#identity();
    const results = await Promise.allSettled(tasks.map((task) => task.commit(group)));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
    this.#parts.metrics.committed(performance.now() - started);
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
      const level = isAccessRefused(error) ? 'warn' : 'debug';
      config.logger[level]('purging repartition topics failed', { error: messageOf(error) });
    });
  }
}
