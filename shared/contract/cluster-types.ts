import { z } from 'zod';

/** An offset or a count of records. Kafka's are 64-bit; ours are exact up to 2^53 − 1. */
export const Offset = z.number().int();

export const BrokerView = z.object({
  id: z.number().int(),
  host: z.string(),
  port: z.number().int(),
  rack: z.string().nullable(),
});
export type BrokerView = z.infer<typeof BrokerView>;

export const ClusterDescription = z.object({
  kind: z.enum(['kafka', 'sandbox']),
  clusterId: z.string().nullable(),
  controllerId: z.number().int().nullable(),
  brokers: z.array(BrokerView),
});
export type ClusterDescription = z.infer<typeof ClusterDescription>;

export const TopicListing = z.object({
  name: z.string(),
  internal: z.boolean(),
  partitions: z.number().int(),
  replication: z.number().int(),
  /** Partitions with fewer in-sync replicas than replicas. */
  underReplicated: z.number().int(),
  offline: z.number().int(),
});
export type TopicListing = z.infer<typeof TopicListing>;

export const PartitionView = z.object({
  partition: z.number().int(),
  /** Null: no leader now. */
  leader: z.number().int().nullable(),
  replicas: z.array(z.number().int()),
  inSync: z.array(z.number().int()),
  /** Start, end (high watermark) and last stable offset; null where the leader did not answer. */
  startOffset: Offset.nullable(),
  endOffset: Offset.nullable(),
  lastStableOffset: Offset.nullable(),
});
export type PartitionView = z.infer<typeof PartitionView>;

export const ConfigEntry = z.object({
  name: z.string(),
  value: z.string().nullable(),
  /** Set on the topic itself, rather than a default. */
  overridden: z.boolean(),
});
export type ConfigEntry = z.infer<typeof ConfigEntry>;

export const TopicDescription = z.object({
  name: z.string(),
  internal: z.boolean(),
  partitions: z.array(PartitionView),
  configs: z.array(ConfigEntry),
});
export type TopicDescription = z.infer<typeof TopicDescription>;

/** A classic group speaks the old protocol; consumer (KIP-848), share (KIP-932) and streams (KIP-1071) are newer. */
export const GroupType = z.enum(['classic', 'consumer', 'share', 'streams', 'unknown']);
export type GroupType = z.infer<typeof GroupType>;

export const GroupListing = z.object({
  id: z.string(),
  type: GroupType,
  /** As the broker spells it: Stable, Empty, PreparingRebalance, Assigning, Reconciling, Dead … */
  state: z.string(),
  protocolType: z.string(),
});
export type GroupListing = z.infer<typeof GroupListing>;

export const GroupMemberView = z.object({
  memberId: z.string(),
  instanceId: z.string().nullable(),
  clientId: z.string(),
  host: z.string(),
  assignments: z.array(z.object({ topic: z.string(), partitions: z.array(z.number().int()) })),
});
export type GroupMemberView = z.infer<typeof GroupMemberView>;

export const GroupDescription = GroupListing.extend({
  assignor: z.string(),
  coordinator: z.number().int().nullable(),
  members: z.array(GroupMemberView),
  /** What could not be read of this group, in one sentence; null when all is known. */
  incomplete: z.string().nullable(),
});
export type GroupDescription = z.infer<typeof GroupDescription>;

export const CommittedOffset = z.object({
  topic: z.string(),
  partition: z.number().int(),
  offset: Offset,
  metadata: z.string(),
});
export type CommittedOffset = z.infer<typeof CommittedOffset>;

/** Bytes as a person can read them. `text` is cut at a limit; `bytes` is the whole length. */
export const Payload = z.object({
  kind: z.enum(['null', 'json', 'text', 'long', 'binary']),
  text: z.string(),
  bytes: z.number().int(),
  truncated: z.boolean(),
});
export type Payload = z.infer<typeof Payload>;

export const RecordView = z.object({
  partition: z.number().int(),
  offset: Offset,
  timestamp: z.number().int(),
  key: Payload,
  value: Payload,
  headers: z.array(z.object({ key: z.string(), value: Payload })),
});
export type RecordView = z.infer<typeof RecordView>;
