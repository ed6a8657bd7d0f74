import { setTimeout as sleep } from 'node:timers/promises';
import { groupBy } from '../internals/group-by.ts';
import type { LogRecord, TopicPartition } from '../record.ts';
import { type FetchedPartition, type FetchTarget, fetchRecords, type Isolation } from './fetch-records.ts';
import type { KafkaConnection } from './kafka-connection.ts';
import { errorType, isRetriable } from './kafka-errors.ts';
import { listOffset } from './list-offsets.ts';
import { PAST_END_PATIENCE_MS } from './restore.ts';
import type { TroubleLog } from './trouble-log.ts';

/** How far a partition was fetched. */
interface Position {
  readonly topic: string;
  readonly partition: number;
  offset: number;
  /** End of the readable log at the last fetch; null before the first answer. */
  end: number | null;
  /** Since when brokers say that the log ends before it; null: it does not. */
  pastEndSince: number | null;
}

/**
 * How long a broker may hold a request while other partitions have more than enough: those will be
 * wanted again soon, and wait for the answer.
 */
const BUSY_WAIT_MS = 10;

export interface SourceFetcherOptions {
  readonly isolation: Isolation;
  readonly maxWaitMs: number;
  /** False keeps a partition out of the next fetch (its task has enough). */
  readonly wants: (place: TopicPartition) => boolean;
  /** Records, or only a new position when records were skipped. */
  readonly onRecords: (place: TopicPartition, records: readonly LogRecord[], nextOffset: number) => void;
  /** A position was outside the log and was moved. */
  readonly onReset: (place: TopicPartition, from: number, to: number) => void;
  readonly onError: (error: unknown) => void;
  /** Told of fetches that fail for now. */
  readonly troubles?: TroubleLog;
}

/**
 * Reads assigned partitions continuously: one request per leader at a time, only for partitions that
 * are wanted. Positions move with the log, not with the records that are visible.
 */
export class SourceFetcher {
  readonly #connection: KafkaConnection;
  readonly #options: SourceFetcherOptions;
  readonly #busy = new Set<number>();
  #positions = new Map<string, Position>();
  #closed = false;

  constructor(connection: KafkaConnection, options: SourceFetcherOptions) {
    this.#connection = connection;
    this.#options = options;
  }

  /** Starts reading a partition at an offset; what is in flight for it is forgotten. */
  assign(place: TopicPartition, offset: number): void {
    this.#positions.set(keyOf(place), { ...place, offset, end: null, pastEndSince: null });
  }

  unassign(place: TopicPartition): void {
    this.#positions.delete(keyOf(place));
  }

  /** Records that are readable but not fetched yet; null before the first answer. */
  lag(place: TopicPartition): number | null {
    const position = this.#positions.get(keyOf(place));
    if (position === undefined || position.end === null) return null;
    return Math.max(0, position.end - position.offset);
  }

  endOffset(place: TopicPartition): number | null {
    return this.#positions.get(keyOf(place))?.end ?? null;
  }

  /** Starts a fetch wherever none is under way. Call when partitions are wanted again. */
  wake(): void {
    if (this.#closed) return;
    const wanted = [...this.#positions.values()].filter((position) => this.#options.wants(position));
    const maxWaitMs = Math.min(
      this.#options.maxWaitMs,
      wanted.length < this.#positions.size ? BUSY_WAIT_MS : Number.POSITIVE_INFINITY,
    );
    for (const [leader, targets] of groupBy(wanted, (each) => this.#leader(each))) {
      if (!this.#busy.has(leader)) void this.#fetch(leader, targets, maxWaitMs);
    }
  }

  close(): void {
    this.#closed = true;
    this.#positions.clear();
  }

  #leader(place: TopicPartition): number {
    return this.#connection.leaderOf(place.topic, place.partition) ?? -1;
  }

  async #fetch(leader: number, positions: readonly Position[], maxWaitMs: number): Promise<void> {
    this.#busy.add(leader);
    const targets: FetchTarget[] = positions.map(({ topic, partition, offset }) => ({
      topic,
      partition,
      offset,
    }));
    try {
      const { isolation } = this.#options;
      const broker = await this.#connection.broker(leader);
      const fetched = await fetchRecords(this.#connection, broker, targets, { isolation, maxWaitMs });
      for (const each of fetched) await this.#deliver(each, targets);
      this.#note(leader, fetched.find(({ error }) => error !== null)?.error ?? null);
    } catch (error) {
      this.#note(leader, error);
      await this.#failed(error);
    } finally {
      this.#busy.delete(leader);
    }
    this.wake();
  }

  #note(leader: number, error: unknown): void {
    if (this.#closed) return;
    const what = leader < 0 ? 'fetching from partitions without a leader' : `fetching from broker ${leader}`;
    if (error === null) this.#options.troubles?.worked(what);
    else this.#options.troubles?.failed(what, error);
  }

  async #deliver(fetched: FetchedPartition, targets: readonly FetchTarget[]): Promise<void> {
    const position = this.#positions.get(keyOf(fetched));
    const asked = targets.find((each) => keyOf(each) === keyOf(fetched));
    if (this.#closed || position === undefined || position.offset !== asked?.offset) return;
    if (fetched.error !== null) {
      if (errorType(fetched.error) === 'OFFSET_OUT_OF_RANGE') await this.#reset(position);
      else await this.#failed(fetched.error);
      return;
    }
    position.end = fetched.endOffset;
    position.pastEndSince = null;
    if (fetched.nextOffset === position.offset) return;
    position.offset = fetched.nextOffset;
    this.#options.onRecords(position, fetched.records, fetched.nextOffset);
  }

  /**
   * The log was cut below our position (retention): go on where it begins now. A position past the end is
   * not moved at once: after a broker failed, its end may be behind for a moment, and reading again from the
   * beginning would repeat everything. If it stays behind, the topic was deleted and made again.
   */
  async #reset(position: Position): Promise<void> {
    const { offset } = position;
    const start = await listOffset(this.#connection, position, 'earliest', this.#options.isolation);
    if (start <= offset) position.pastEndSince ??= Date.now();
    const waited = position.pastEndSince === null ? 0 : Date.now() - position.pastEndSince;
    if (position.offset !== offset || (start <= offset && waited < PAST_END_PATIENCE_MS)) {
      await sleep(200);
      return;
    }
    position.pastEndSince = null;
    position.offset = start;
    this.#options.onReset(position, offset, start);
    this.#options.onRecords(position, [], start);
  }

  async #failed(error: unknown): Promise<void> {
    if (this.#closed) return;
    if (!isRetriable(error)) {
      this.#giveUp(error);
      return;
    }
    await sleep(100);
    try {
      await this.#connection.refresh(error);
    } catch (cause) {
      if (!isRetriable(cause)) this.#giveUp(cause);
    }
  }

  #giveUp(error: unknown): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#options.onError(error);
  }
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic}\u0000${partition}`;
}
