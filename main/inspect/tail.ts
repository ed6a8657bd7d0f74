import type { TailEvent, TailStart } from '#shared/contract/inspect.ts';
import type { RecordFilter } from '#shared/expressions/compile-filter.ts';
import {
  ClusterError,
  type ClusterPort,
  type ReadAnswer,
  type TopicPartition,
} from '../clusters/cluster-port.ts';
import { pause } from '../clusters/pause.ts';
import { inParallel } from './in-parallel.ts';
import { toRecordView } from './payload.ts';
import { toBindings } from './record-bindings.ts';
import { offsetSamplerOf, partitionKey } from './sampling.ts';
import { createTailBuffer, type TailBuffer, type TailLimits } from './tail-buffer.ts';
import { resolveTailStart } from './tail-start.ts';
import { layoutTopic } from './topic-detail.ts';

export interface TailRequest {
  readonly topic: string;
  /** Null: all partitions, also those that are added later. */
  readonly partition: number | null;
  readonly from: TailStart;
  readonly isolation: 'read_uncommitted' | 'read_committed';
  readonly filter?: RecordFilter;
  readonly limits?: TailLimits;
}

interface Cursor extends TopicPartition {
  next: number;
  end: number;
  /** Has the tail once been at the end here? From then on it is live. */
  live: boolean;
}

const EVENT_MS = 125;
const POLL_MS = 100;
const READ_BYTES = 256 * 1_024;
const PARALLEL_READS = 4;
const LAYOUT_AGE_MS = 10_000;
const TROUBLE_LIMIT_MS = 20_000;
const LIMITS: TailLimits = { records: 500, bytes: 1_024 * 1_024 };

/**
 * Follows a topic until the signal, in at most eight events a second. History is paced: nothing is left out, and
 * `positions` tell how far there is to go. Once at the end the tail is live: it keeps up, and what comes faster than
 * it can be shown is counted as dropped, oldest first. Rejects when the topic is gone, or when the cluster stays away.
 */
export async function tailTopic(
  port: ClusterPort,
  request: TailRequest,
  emit: (event: TailEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const cursors = await openCursors(port, request, signal);
  const tail = createTail(port, request, cursors);
  tail.emitTo(emit);
  const timer = setInterval(() => tail.emitTo(emit), EVENT_MS);
  try {
    await follow(port, request, tail, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    clearInterval(timer);
  }
}

type Tail = ReturnType<typeof createTail>;

async function follow(
  port: ClusterPort,
  request: TailRequest,
  tail: Tail,
  signal: AbortSignal,
): Promise<void> {
  let laidOut = performance.now();
  let wellAt = performance.now();
  while (!signal.aborted) {
    try {
      if (request.partition === null && performance.now() - laidOut > LAYOUT_AGE_MS) {
        tail.cursors.push(...(await findNewPartitions(port, request, tail.cursors, signal)));
        laidOut = performance.now();
      }
      const wasBehind = await tail.advance(signal);
      wellAt = performance.now();
      if (!wasBehind || tail.mustWait()) await pause(POLL_MS, signal);
    } catch (error) {
      if (!isTrouble(error) || performance.now() - wellAt > TROUBLE_LIMIT_MS) throw error;
      await pause(POLL_MS * 5, signal);
    }
  }
}

function createTail(port: ClusterPort, request: TailRequest, cursors: Cursor[]) {
  const limits = request.limits ?? LIMITS;
  const buffer = createTailBuffer(limits);
  const sampler = offsetSamplerOf(port);
  const endKind = request.isolation === 'read_committed' ? 'lastStable' : 'latest';
  let filterError: string | null = null;
  let shown = '';
  const isLive = () => cursors.every(({ live }) => live);

  const take = (cursor: Cursor, answer: ReadAnswer) => {
    const skipped = request.filter || !isLive() ? 0 : Math.max(0, answer.records.length - limits.records);
    buffer.drop(skipped);
    filterError = addRecords(buffer, answer.records.slice(skipped), request.filter) ?? filterError;
    cursor.next = answer.next;
    cursor.end = Math.max(answer.endOffset, answer.next);
    if (isLive()) buffer.trim();
  };

  return {
    cursors,
    /** A tail of history waits until what it has read is shown. */
    mustWait: () => !isLive() && buffer.isFull(),
    /** Reads once from every partition that has more; false when none has. */
    async advance(signal: AbortSignal): Promise<boolean> {
      const ends = await sampler.offsets(cursors, endKind, POLL_MS);
      const behind = cursors.filter((cursor) => {
        const end = ends.get(partitionKey(cursor));
        if (end !== undefined) cursor.end = Math.max(cursor.end, end);
        if (end !== undefined && cursor.next >= end) cursor.live = true;
        return end !== undefined && cursor.next < end;
      });
      await inParallel(behind, PARALLEL_READS, async (cursor) => {
        if (signal.aborted || (!isLive() && buffer.isFull())) return;
        const { topic, partition, next } = cursor;
        const { isolation } = request;
        take(
          cursor,
          await port.read(
            { topic, partition, from: next, isolation, maxBytes: READ_BYTES, maxWaitMs: 0 },
            signal,
          ),
        );
      });
      return behind.length > 0;
    },
    /** Pushes what is new since the last event; nothing when nothing is. */
    emitTo(emit: (event: TailEvent) => void): void {
      const { records, dropped } = buffer.take();
      const positions = cursors.map(({ partition, next, end }) => ({ partition, next, end }));
      const look = JSON.stringify(positions);
      if (records.length === 0 && dropped === 0 && filterError === null && look === shown) return;
      shown = look;
      const event = { records, dropped, positions, filterError };
      filterError = null;
      emit(event);
    },
  };
}

/** Adds the records that pass; gives the first error of the filter. */
function addRecords(
  buffer: TailBuffer,
  records: ReadAnswer['records'],
  filter: RecordFilter | undefined,
): string | null {
  let firstError: string | null = null;
  for (const record of records) {
    const passes = filter ? filter(toBindings(record)) : null;
    if (passes && !passes.ok) firstError ??= passes.error;
    else if (!passes || passes.value) buffer.add(toRecordView(record));
  }
  return firstError;
}

async function openCursors(port: ClusterPort, request: TailRequest, signal: AbortSignal): Promise<Cursor[]> {
  const { topic, partition, from } = request;
  const layout = await layoutTopic(port, topic, signal);
  const chosen = layout.partitions.filter((one) => partition === null || one.partition === partition);
  if (chosen.length === 0) {
    const last = layout.partitions.length - 1;
    throw new ClusterError(
      'not-found',
      `The topic "${topic}" has no partition ${partition}: its last is ${last}.`,
    );
  }
  const partitions = chosen.map((one) => ({ topic, partition: one.partition }));
  const starts = await resolveTailStart(port, partitions, from, signal);
  return partitions.map((where, index) => {
    const { next, end } = starts[index] ?? { next: 0, end: 0 };
    return { ...where, next, end, live: from === 'end' };
  });
}

/** A partition that was added is followed from its first record. */
async function findNewPartitions(
  port: ClusterPort,
  { topic }: TailRequest,
  cursors: readonly Cursor[],
  signal: AbortSignal,
): Promise<Cursor[]> {
  const known = new Set(cursors.map(({ partition }) => partition));
  const layout = await layoutTopic(port, topic, signal);
  const added = layout.partitions.filter(({ partition }) => !known.has(partition));
  return added.map(({ partition }) => ({ topic, partition, next: 0, end: 0, live: true }));
}

function isTrouble(error: unknown): boolean {
  return error instanceof ClusterError && (error.code === 'unreachable' || error.code === 'timed-out');
}
