import { z } from 'zod';
import { call, listen, newest } from '../rpc/define-contract.ts';
import {
  GroupDescription,
  GroupListing,
  Offset,
  Payload,
  RecordView,
  TopicDescription,
  TopicListing,
} from './cluster-types.ts';
import { ClusterHandle } from './clusters.ts';

const cluster = { cluster: ClusterHandle };

export const PartitionLag = z.object({
  topic: z.string(),
  partition: z.number().int(),
  /** Null: the group never committed here. */
  committed: Offset.nullable(),
  startOffset: Offset.nullable(),
  endOffset: Offset.nullable(),
  /** Records between the committed offset (or the log's start) and the end; null where an end is unknown. */
  lag: Offset.nullable(),
  /** Age in milliseconds of the first record not yet committed; 0 when caught up, null when unknown. */
  lagMs: z.number().nullable(),
  /** Client id of the member that has the partition now; null when nobody has. */
  owner: z.string().nullable(),
});
export type PartitionLag = z.infer<typeof PartitionLag>;

export const TailStart = z.union([
  z.literal('end'),
  z.literal('start'),
  z.object({ offset: Offset }),
  z.object({ timestamp: z.number().int() }),
  /** The last N records of each partition. */
  z.object({ last: z.number().int().min(1).max(10_000) }),
]);
export type TailStart = z.infer<typeof TailStart>;

export const TailEvent = z.object({
  records: z.array(RecordView),
  /** Records left out since the last event because they came faster than they could be shown. */
  dropped: z.number().int(),
  positions: z.array(z.object({ partition: z.number().int(), next: Offset, end: Offset })),
  /** The filter's first error since the last event, in one sentence. */
  filterError: z.string().nullable(),
});
export type TailEvent = z.infer<typeof TailEvent>;

/** The most records of one tail event that waited for a slow listener; the oldest above this are counted as dropped. */
export const tailWaitingLimit = 2_000;

/** Two tail events that wait as one: the newest records, and the rest counted. */
export function mergeTailEvents(older: TailEvent, newer: TailEvent): TailEvent {
  const records = [...older.records, ...newer.records];
  const surplus = Math.max(0, records.length - tailWaitingLimit);
  const moved = new Set(newer.positions.map(({ partition }) => partition));
  return {
    records: records.slice(surplus),
    dropped: older.dropped + newer.dropped + surplus,
    positions: [...older.positions.filter(({ partition }) => !moved.has(partition)), ...newer.positions],
    filterError: older.filterError ?? newer.filterError,
  };
}

/**
 * How a changelog's bytes are read. Beside the stores of tables there are those that joins and suppressions keep:
 * `suppress` results held back; `subscription` which rows point to a row of a foreign-key join's right table;
 * `outerJoin` records without a partner yet; `graceBuffer` records that wait for a table's row of their time.
 */
export const storeKinds = [
  'keyValue',
  'window',
  'session',
  'versioned',
  'suppress',
  'subscription',
  'outerJoin',
  'graceBuffer',
] as const;
export type StoreKind = (typeof storeKinds)[number];

/** What is known of an entry beside its key, window and value. Times are in milliseconds since the epoch. */
export const StoreDetail = z.discriminatedUnion('of', [
  /** `waitsFrom`: the window's end, or the first update that waits; `before`: what readers of the table see meanwhile. */
  z.object({ of: z.literal('heldBack'), waitsFrom: z.number(), before: Payload }),
  z.object({ of: z.literal('waitsForPartner'), side: z.enum(['left', 'right']) }),
  /** The key is the foreign key, the value the row's own; `hash` (hex) tells its state, answers go to `partition`. */
  z.object({
    of: z.literal('subscribes'),
    hash: z.string().nullable(),
    partition: z.number().int().nullable(),
  }),
]);
export type StoreDetail = z.infer<typeof StoreDetail>;

export const StoreEntry = z.object({
  key: Payload,
  /**
   * For a windowed store: the start is exact, the end only when the window's size is known. For a versioned one:
   * from when the value was valid, and until when; null: it still is.
   */
  window: z.object({ start: z.number(), end: z.number().nullable() }).nullable(),
  value: Payload,
  detail: StoreDetail.nullable(),
  timestamp: z.number(),
  partition: z.number().int(),
  offset: Offset,
});
export type StoreEntry = z.infer<typeof StoreEntry>;

export const StoreContent = z.object({
  topic: z.string(),
  kind: z.enum(storeKinds),
  /** True when the kind was told from the topic's configuration and the shape of its keys. */
  kindInferred: z.boolean(),
  entries: z.array(StoreEntry),
  /** Keys alive in what was scanned; more than `entries` when the limit cut. */
  keys: z.number().int(),
  scanned: z.number().int(),
  /** The content is the state as of these offsets of the changelog. */
  asOf: z.array(z.object({ partition: z.number().int(), offset: Offset, end: Offset })),
  stopped: z.enum(['end', 'scan-limit', 'time-limit', 'cancelled']),
});
export type StoreContent = z.infer<typeof StoreContent>;

export const OverlayTopic = z.object({
  name: z.string(),
  partitions: z.number().int(),
  /** Sum of end offsets minus start offsets: an upper bound of the records there are. */
  records: Offset,
  /** Records appended a second, over the last interval; null until two samples are there. */
  rate: z.number().nullable(),
});
export type OverlayTopic = z.infer<typeof OverlayTopic>;

export const OverlayGroup = z.object({
  id: z.string(),
  type: z.string(),
  state: z.string(),
  members: z.number().int(),
  lag: Offset.nullable(),
  topics: z.array(
    z.object({
      topic: z.string(),
      lag: Offset.nullable(),
      lagMs: z.number().nullable(),
      rate: z.number().nullable(),
    }),
  ),
});
export type OverlayGroup = z.infer<typeof OverlayGroup>;

export const OverlayEvent = z.object({
  at: z.number(),
  topics: z.array(OverlayTopic),
  groups: z.array(OverlayGroup),
  /** What could not be read this time, in one sentence; the figures of before are then stale. */
  failure: z.string().nullable(),
});
export type OverlayEvent = z.infer<typeof OverlayEvent>;

export const inspectArea = {
  topics: call(z.object(cluster), z.object({ topics: z.array(TopicListing) })),
  topic: call(z.object({ ...cluster, topic: z.string().min(1) }), TopicDescription),
  groups: call(z.object(cluster), z.object({ groups: z.array(GroupListing) })),
  group: call(
    z.object({ ...cluster, group: z.string().min(1) }),
    z.object({ group: GroupDescription, lag: z.array(PartitionLag) }),
  ),
  /** `partition: null`: all of them. `filter` is CEL over key, value, headers, partition, offset, timestamp. */
  tail: listen(
    z.object({
      ...cluster,
      topic: z.string().min(1),
      partition: z.number().int().min(0).nullable(),
      from: TailStart,
      filter: z.string().max(10_000).optional(),
      isolation: z.enum(['read_uncommitted', 'read_committed']),
    }),
    TailEvent,
    mergeTailEvents,
  ),
  /** The content of a state store, read from its changelog with read_committed. */
  store: call(
    z.object({
      ...cluster,
      topic: z.string().min(1),
      kind: z.enum(['auto', ...storeKinds]),
      windowSizeMs: z.number().int().min(1).optional(),
      contains: z.string().max(1_000).optional(),
      limit: z.number().int().min(1).max(10_000),
    }),
    StoreContent,
  ),
  /** Rates and lag for the canvas, pushed every `everyMs`; only of the topics and groups asked for. */
  overlay: listen(
    z.object({
      ...cluster,
      topics: z.array(z.string()).max(2_000),
      groups: z.array(z.string()).max(2_000),
      everyMs: z.number().int().min(250).max(60_000),
    }),
    OverlayEvent,
    newest,
  ),
};
