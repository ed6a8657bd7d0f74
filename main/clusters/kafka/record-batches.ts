import type { RecordsBatch } from '@platformatic/kafka';
import type { ClusterRecord, ReadRequest } from '../cluster-port.ts';
import { toExactNumber } from './exact-number.ts';

/** A producer's transaction that was given up, by the first offset it wrote. */
export interface AbortedTransaction {
  readonly producerId: bigint;
  readonly firstOffset: bigint;
}

export interface DecodedBatches {
  readonly records: readonly ClusterRecord[];
  readonly next: number;
}

/** Bits of a batch's attributes, and the type in a control record's key (KIP-98's message format). */
const LOG_APPEND_TIME = 1 << 3;
const TRANSACTIONAL = 1 << 4;
const CONTROL = 1 << 5;
const ABORT_MARKER = 0;

/**
 * The records of a fetched answer from an offset on. Markers of transactions are never given; under
 * read_committed neither are the records of aborted ones. `next` is behind all that was looked at.
 */
export function decodeBatches(
  request: Pick<ReadRequest, 'partition' | 'from' | 'isolation'>,
  batches: readonly RecordsBatch[],
  aborted: readonly AbortedTransaction[],
): DecodedBatches {
  const records: ClusterRecord[] = [];
  const upcoming = aborted.toSorted((a, b) => Number(a.firstOffset - b.firstOffset));
  const aborting = new Set<bigint>();
  let next = request.from;
  for (const batch of batches) {
    const first = toExactNumber(batch.firstOffset, 'offset');
    const last = first + batch.lastOffsetDelta;
    next = Math.max(next, last + 1);
    while (upcoming[0] && Number(upcoming[0].firstOffset) <= last) {
      aborting.add(upcoming[0].producerId);
      upcoming.shift();
    }
    if (batch.attributes & CONTROL) {
      if (markerOf(batch) === ABORT_MARKER) aborting.delete(batch.producerId);
      continue;
    }
    const hidden = request.isolation === 'read_committed' && batch.attributes & TRANSACTIONAL;
    if (hidden && aborting.has(batch.producerId)) continue;
    appendRecords(records, batch, first, request);
  }
  return { records, next };
}

function appendRecords(
  records: ClusterRecord[],
  batch: RecordsBatch,
  first: number,
  { partition, from }: Pick<ReadRequest, 'partition' | 'from'>,
): void {
  const base = Number(batch.firstTimestamp);
  const appendTime = batch.attributes & LOG_APPEND_TIME ? Number(batch.maxTimestamp) : null;
  for (const record of batch.records) {
    const offset = first + record.offsetDelta;
    if (offset < from) continue;
    records.push({
      partition,
      offset,
      timestamp: appendTime ?? base + Number(record.timestampDelta),
      key: record.key,
      value: record.value,
      headers: record.headers.map(([key, value]) => ({ key: key?.toString('utf8') ?? '', value })),
    });
  }
}

function markerOf(batch: RecordsBatch): number | undefined {
  const key = batch.records[0]?.key;
  return key && key.length >= 4 ? key.readInt16BE(2) : undefined;
}
