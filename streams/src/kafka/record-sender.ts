import { ProcessingError, RecordRefusedError, StreamsConfigError, TaskMigratedError } from '../errors.ts';
import { groupBy } from '../internals/group-by.ts';
import { messageOf } from '../internals/record-queue.ts';
import type { ConsumedOffset } from '../internals/stream-task.ts';
import type { TopicPartition } from '../record.ts';
import { groupAccess, isAccessRefused, transactionAccess, withAccess } from './access.ts';
import { addPartitions } from './add-partitions.ts';
import {
  commitOffsetsInTransaction,
  type GroupIdentity,
  type TransactionIdentity,
} from './committed-offsets.ts';
import type { Compression } from './compression.ts';
import { encodeBatch } from './encode-batch.ts';
import type { KafkaConnection, RetryOptions } from './kafka-connection.ts';
import { errorType, isFenced, isRefusal, isRetriable } from './kafka-errors.ts';
import { describeLastTransaction, type TransactionEnd } from './last-transaction.ts';
import { PendingRecords, type PlacedRecord } from './pending-records.ts';
import { type OutgoingBatch, type ProducedPartition, produceRecords } from './produce-records.ts';
import type { TroubleLog } from './trouble-log.ts';

const GETTING_ID = 'getting a producer id';

/** Place of `lastOffsetDelta` in a record batch. */
const LAST_OFFSET_DELTA_AT = 23;

interface Batch extends OutgoingBatch {
  readonly key: string;
  readonly records: readonly PlacedRecord[];
  readonly baseSequence: number;
}

/** How a sender writes. */
export interface RecordSenderOptions {
  /** Null: idempotent without transactions (at least once). */
  readonly transactionalId: string | null;
  readonly transactionTimeoutMs: number;
  /** Told of what fails for now. */
  readonly troubles?: TroubleLog;
  /** Of batches; default none. */
  readonly compression?: Compression;
  /** Told of each batch that was written. */
  readonly onProduced?: (topic: string, records: number, bytes: number) => void;
}

/**
 * An idempotent producer with one request per broker in flight, so that order and sequence numbers
 * hold. With a transactional id everything sent between two commits is one transaction. A failure
 * that is not temporary makes it unusable: throw it away and make a new one.
 */
export class RecordSender {
  readonly #connection: KafkaConnection;
  readonly #options: RecordSenderOptions;
  readonly #sequences = new Map<string, number>();
  readonly #inTransaction = new Set<string>();
  /** Behind the last record of ours, per partition. */
  readonly #ends = new Map<string, number>();
  /** Where our first record of a partition must come to lie. */
  readonly #expectedStarts = new Map<string, number>();
  /** Most records of the next batch, after a larger one was refused. */
  readonly #limits = new Map<string, number>();
  readonly #pending = new PendingRecords();
  #producerId = '-1';
  #producerEpoch = -1;
  #sending: Promise<void> = Promise.resolve();
  #failure: unknown = null;
  /** How the transaction ended that was found at `init`. */
  #lastEnd: TransactionEnd | null = null;

  constructor(connection: KafkaConnection, options: RecordSenderOptions) {
    this.#connection = connection;
    this.#options = options;
  }

  /** Given by the broker at `init`; the same for every owner of a transactional id. */
  get producerId(): string {
    return this.#producerId;
  }

  /** Bytes that wait for `flush`. */
  get bufferedBytes(): number {
    return this.#pending.bytes;
  }

  /**
   * Gets a producer id. With a transactional id this fences whoever used it before, and waits until
   * the transaction it left behind is finished. `signal` ends it when it must be tried again.
   */
  async init(signal?: AbortSignal): Promise<void> {
    const { transactionalId, transactionTimeoutMs } = this.#options;
    this.#lastEnd =
      transactionalId === null
        ? null
        : await describeLastTransaction(
            this.#connection,
            transactionalId,
            this.#patience(GETTING_ID, signal),
          );
    const getId = async () => {
      const broker =
        transactionalId === null
          ? await this.#connection.anyBroker()
          : await this.#connection.transactionCoordinator(transactionalId);
      try {
        return await withAccess(
          [
            transactionAccess(transactionalId ?? ''),
            { kind: 'cluster', name: '', operation: 'IdempotentWrite' },
          ],
          () => broker.initProducerId({ transactionalId, transactionTimeout: transactionTimeoutMs }),
        );
      } catch (error) {
        throw explainTimeout(error, transactionTimeoutMs);
      }
    };
    const { producerId, producerEpoch } = await this.#retry(GETTING_ID, getId, signal);
    this.#producerId = String(producerId);
    this.#producerEpoch = producerEpoch;
    this.#sequences.clear();
  }

  append(record: PlacedRecord): void {
    this.#pending.append(record);
  }

  /** The offset behind the last record this sender wrote to a partition; null when that is not known. */
  endOf(topic: string, partition: number): number | null {
    return this.#ends.get(`${topic}\u0000${partition}`) ?? null;
  }

  /**
   * Says where a partition ended when it was read, which nobody else writes to. If our first record
   * comes to lie further on, then a broker that had been replaced already answered with an old end, and
   * the sender fails before anything is committed.
   */
  expectStart(topic: string, partition: number, offset: number): void {
    this.#expectedStarts.set(`${topic}\u0000${partition}`, offset);
  }

  /** Sends what was appended so far. Calls are queued; a failed one fails all later ones. */
  flush(): Promise<void> {
    const turn = this.#sending.then(() => this.#flushNow());
    this.#sending = turn.catch((error: unknown) => {
      this.#failure = error;
    });
    return turn;
  }

  /**
   * Ends the transaction with the offsets of what was processed (exactly once). `check` is called when
   * the group's coordinator has taken the offsets; if it rejects, nothing is committed.
   */
  async commit(
    group: GroupIdentity,
    offsets: readonly ConsumedOffset[],
    check?: () => Promise<void>,
  ): Promise<void> {
    const transaction = this.#transaction();
    await this.flush();
    try {
      if (offsets.length > 0) {
        await this.#retry('ending a transaction', () => this.#addOffsets(transaction, group.groupId));
        await commitOffsetsInTransaction(this.#connection, group, transaction, offsets);
        await check?.();
      }
      if (offsets.length === 0 && this.#inTransaction.size === 0) return;
      // It is committed, but a broker that failed meanwhile may have left parts of it undecided.
      if ((await this.#end(true)) > 1) throw new TaskMigratedError('The coordinator changed in a commit.');
    } catch (error) {
      this.#failure = error;
      throw toMigrated(error);
    }
  }

  /**
   * Ends the transaction found at `init` once more, the same way, at these partitions and at the group's
   * offsets. A coordinator of Kafka 4.3 that takes over while a partition has no leader counts the
   * transaction as complete without telling that partition.
   */
  async repeatLastEnd(groupId: string, places: readonly TopicPartition[]): Promise<TransactionEnd> {
    const transaction = this.#transaction();
    const end = this.#lastEnd ?? 'abort';
    await this.#retry('ending a transaction', async () => {
      await addPartitions(this.#connection, transaction, places);
      await this.#addOffsets(transaction, groupId);
    });
    await this.#end(end === 'commit');
    await this.init();
    return end;
  }

  /** Throws away what was not committed. */
  async abort(): Promise<void> {
    this.#pending.clear();
    await this.#sending;
    if (this.#inTransaction.size > 0) await this.#end(false);
  }

  /** Answers how often it had to ask. */
  async #end(commit: boolean): Promise<number> {
    const transaction = this.#transaction();
    let attempts = 0;
    await this.#retry('ending a transaction', async () => {
      attempts += 1;
      const { transactionalId } = transaction;
      const broker = await this.#connection.transactionCoordinator(transactionalId);
      await withAccess([transactionAccess(transactionalId)], () =>
        broker.endTxn({ ...transaction, transactionResult: commit }),
      );
    });
    this.#inTransaction.clear();
    return attempts;
  }

  async #addOffsets(transaction: TransactionIdentity, groupId: string): Promise<void> {
    const { transactionalId } = transaction;
    const broker = await this.#connection.transactionCoordinator(transactionalId);
    await withAccess([groupAccess(groupId), transactionAccess(transactionalId)], () =>
      broker.addOffsetsToTxn({ ...transaction, groupId }),
    );
  }

  async #retry<T>(what: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const result = await this.#connection.retry(work, this.#patience(what, signal));
    this.#options.troubles?.worked(what);
    return result;
  }

  #patience(what: string, signal?: AbortSignal): RetryOptions {
    return { signal, onRetry: (error) => this.#options.troubles?.failed(what, error) };
  }

  #transaction(): TransactionIdentity {
    const { transactionalId } = this.#options;
    if (transactionalId === null) throw new TaskMigratedError('This producer has no transactions.');
    return { transactionalId, producerId: this.#producerId, producerEpoch: this.#producerEpoch };
  }

  async #flushNow(): Promise<void> {
    if (this.#failure !== null) throw toMigrated(this.#failure);
    try {
      while (!this.#pending.isEmpty) await this.#sendRound(this.#takeBatches());
    } catch (error) {
      throw toMigrated(error);
    }
  }

  /** At most one batch per partition; the rest stays for the next round. */
  #takeBatches(): Batch[] {
    return this.#pending
      .take((key) => this.#limits.get(key))
      .map((taken) => {
        const { key, topic, partition, records } = taken;
        const baseSequence = this.#sequences.get(key) ?? 0;
        this.#sequences.set(key, (baseSequence + records.length) % 0x8000_0000);
        const producer = {
          producerId: this.#producerId,
          producerEpoch: this.#producerEpoch,
          baseSequence,
          transactional: this.#options.transactionalId !== null,
        };
        const bytes = encodeBatch(records, producer, this.#options.compression);
        return { key, topic, partition, bytes, records, baseSequence };
      });
  }

  async #sendRound(batches: readonly Batch[]): Promise<void> {
    await this.#addToTransaction(batches);
    let waiting = batches;
    const refused: [batch: Batch, error: unknown][] = [];
    await this.#retry('writing records', async () => {
      const answers = await Promise.all(
        [...this.#byLeader(waiting)].map(([leader, each]) => this.#sendTo(leader, each)),
      );
      const failed = answers.flat().filter(({ error }) => error !== null);
      const errors = new Map(failed.map((each) => [`${each.topic}\u0000${each.partition}`, each.error]));
      waiting = waiting.filter((batch) => {
        const error = errors.get(batch.key) ?? null;
        if (isRefusal(error)) refused.push([batch, error]);
        return error !== null && !isRefusal(error);
      });
      const left = [...errors.values()].filter((error) => !isRefusal(error));
      const fatal = left.find((error) => !isRetriable(error)) ?? left[0];
      if (fatal !== undefined) throw this.#named(fatal, errors);
    });
    for (const { key } of batches) this.#limits.delete(key);
    this.#countProduced(batches, refused);
    for (const [batch, error] of refused) this.#refused(batch, error);
  }

  /** What nothing helps against says which topic it is about. */
  #named(error: unknown, errors: ReadonlyMap<string, unknown>): unknown {
    if (error instanceof TaskMigratedError || isRetriable(error) || isFenced(error)) return error;
    if (isAccessRefused(error)) return error;
    const [key] = [...errors].find((each) => each[1] === error) ?? [''];
    const [topic] = key.split('\u0000');
    return new ProcessingError(`Cannot write to "${topic}": ${messageOf(error)}`, { cause: error });
  }

  #countProduced(batches: readonly Batch[], refused: readonly (readonly [Batch, unknown])[]): void {
    const left = new Set(refused.map(([batch]) => batch));
    for (const batch of batches) {
      if (left.has(batch)) continue;
      this.#options.onProduced?.(batch.topic, batch.records.length, batch.bytes.length);
    }
  }

  /** Looks for the record that is to blame: what was refused was not written, nor was its number used. */
  #refused({ key, topic, partition, records, baseSequence }: Batch, error: unknown): void {
    const [record, ...others] = records;
    this.#sequences.set(key, baseSequence);
    if (record !== undefined && others.length === 0) {
      if (record.onRefused === undefined) {
        throw new ProcessingError(`Cannot write to ${topic}-${partition}: ${messageOf(error)}`, {
          cause: error,
        });
      }
      record.onRefused(new RecordRefusedError(errorType(error), error));
      return;
    }
    this.#pending.putBack({ key, topic, partition, records });
    this.#limits.set(key, Math.ceil(records.length / 2));
  }

  async #sendTo(leader: number, batches: readonly Batch[]) {
    try {
      const broker = await this.#connection.broker(leader);
      const answers = await produceRecords(this.#connection, broker, this.#options.transactionalId, batches);
      for (const answer of answers) this.#written(answer, batches);
      return answers;
    } catch (cause) {
      const error = cause instanceof Error ? cause : new Error(String(cause));
      return batches.map(({ topic, partition }) => ({ topic, partition, error, baseOffset: -1 }));
    }
  }

  #written({ topic, partition, error, baseOffset }: ProducedPartition, batches: readonly Batch[]): void {
    const key = `${topic}\u0000${partition}`;
    const bytes = batches.find((batch) => batch.key === key)?.bytes;
    if (error !== null || baseOffset < 0 || bytes === undefined) return;
    const expected = this.#expectedStarts.get(key);
    this.#expectedStarts.delete(key);
    if (expected !== undefined && baseOffset !== expected) {
      throw new TaskMigratedError(
        `${topic}-${partition} was read to offset ${expected}, but it had gone on to ${baseOffset}.`,
      );
    }
    this.#ends.set(key, baseOffset + bytes.readInt32BE(LAST_OFFSET_DELTA_AT) + 1);
  }

  #byLeader(batches: readonly Batch[]): Map<number, Batch[]> {
    return groupBy(batches, ({ topic, partition }) => this.#connection.leaderOf(topic, partition) ?? -1);
  }

  async #addToTransaction(batches: readonly Batch[]): Promise<void> {
    if (this.#options.transactionalId === null) return;
    const fresh = batches.filter(({ key }) => !this.#inTransaction.has(key));
    if (fresh.length === 0) return;
    const transaction = this.#transaction();
    await this.#retry('writing records', () => addPartitions(this.#connection, transaction, fresh));
    for (const { key } of fresh) this.#inTransaction.add(key);
  }
}

/** Fenced, or unreachable for too long: in both cases the work starts over from what was committed. */
function toMigrated(error: unknown): unknown {
  if (error instanceof TaskMigratedError || !(isFenced(error) || isRetriable(error))) return error;
  return new TaskMigratedError(`The producer can no longer be used: ${messageOf(error)}`, { cause: error });
}

function explainTimeout(error: unknown, timeoutMs: number): unknown {
  if (errorType(error) !== 'INVALID_TRANSACTION_TIMEOUT') return error;
  return new StreamsConfigError(
    `The broker does not accept a transactionTimeoutMs of ${timeoutMs}; see its transaction.max.timeout.ms.`,
    { cause: error },
  );
}
