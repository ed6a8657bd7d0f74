import type {
  ClusterDescription,
  CommittedOffset,
  ConfigEntry,
  GroupDescription,
  GroupListing,
  TopicListing,
} from '#shared/contract/cluster-types.ts';

/** One partition of one topic. */
export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** Where in a partition: its first record, its end (high watermark), its last stable offset, or a time. */
export type OffsetQuery = 'earliest' | 'latest' | 'lastStable' | { readonly timestamp: number };

export interface OffsetAnswer extends TopicPartition {
  /** Null: no leader answered, or (for a time) no record is that late. */
  readonly offset: number | null;
}

export interface PartitionLayout {
  readonly partition: number;
  readonly leader: number | null;
  readonly replicas: readonly number[];
  readonly inSync: readonly number[];
}

export interface TopicLayout {
  readonly name: string;
  readonly internal: boolean;
  readonly partitions: readonly PartitionLayout[];
}

/** A record as it lies in the log. Key, value and header values are bytes, or null where Kafka has null. */
export interface ClusterRecord {
  readonly partition: number;
  readonly offset: number;
  readonly timestamp: number;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: readonly { readonly key: string; readonly value: Uint8Array | null }[];
}

export interface ReadRequest extends TopicPartition {
  /** The first offset wanted. Below the log's start, reading goes on at the start; beyond its end, `next` is the end. */
  readonly from: number;
  readonly isolation: 'read_uncommitted' | 'read_committed';
  /** The most bytes of one answer of the broker; a single larger record is still given. */
  readonly maxBytes: number;
  /** How long the broker may hold an answer that would be empty, in milliseconds. */
  readonly maxWaitMs: number;
}

export interface ReadAnswer {
  readonly records: readonly ClusterRecord[];
  /** Where to read next: past control records and aborted records too, so `next >= end` means the end is reached. */
  readonly next: number;
  readonly startOffset: number;
  /** The high watermark. */
  readonly endOffset: number;
  readonly lastStableOffset: number;
}

export interface NewTopic {
  readonly name: string;
  readonly partitions: number;
  /** −1: the broker's default. */
  readonly replication: number;
  readonly configs: Readonly<Record<string, string>>;
}

export interface NewRecord {
  readonly partition?: number;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly timestamp?: number;
  readonly headers?: readonly { readonly key: string; readonly value: Uint8Array | null }[];
}

/**
 * The one interface the inspector knows. Real Kafka and the sandbox both give it; nothing above can tell them
 * apart but by `describe().kind`. Every method rejects with a ClusterError; a signal ends the wait.
 */
export interface ClusterPort {
  /** The cluster's time in milliseconds, where it is not this machine's: ages of records are counted to it. */
  now?(): number;
  describe(signal?: AbortSignal): Promise<ClusterDescription>;
  listTopics(signal?: AbortSignal): Promise<readonly TopicListing[]>;
  /** Unknown names are left out of the answer. */
  layoutTopics(names: readonly string[], signal?: AbortSignal): Promise<readonly TopicLayout[]>;
  topicConfigs(name: string, signal?: AbortSignal): Promise<readonly ConfigEntry[]>;
  listOffsets(
    partitions: readonly TopicPartition[],
    at: OffsetQuery,
    signal?: AbortSignal,
  ): Promise<readonly OffsetAnswer[]>;
  listGroups(signal?: AbortSignal): Promise<readonly GroupListing[]>;
  /**
   * A group of a kind that the cluster cannot describe is given with `incomplete` set, never as dead; one that does
   * not exist is left out of the answer.
   */
  describeGroups(ids: readonly string[], signal?: AbortSignal): Promise<readonly GroupDescription[]>;
  /** Empty for a group that does not exist. A share group gives its start offsets, below which all is settled. */
  committedOffsets(group: string, signal?: AbortSignal): Promise<readonly CommittedOffset[]>;
  /** One read of one partition; ask again from `next`. */
  read(request: ReadRequest, signal?: AbortSignal): Promise<ReadAnswer>;
  /** Returns when the topics have leaders. Gives the names that were made; a topic that exists already is left as it is and not named. */
  createTopics(topics: readonly NewTopic[], signal?: AbortSignal): Promise<readonly string[]>;
  /** Without a partition, a key chooses its partition by murmur2, as Kafka's own clients do. */
  produce(topic: string, records: readonly NewRecord[], signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export type ClusterErrorCode =
  /** What was given is no address, nothing was asked of a cluster. */
  | 'bad-input'
  | 'unreachable'
  | 'timed-out'
  | 'cancelled'
  | 'not-found'
  | 'unsupported'
  | 'refused'
  | 'closed';

/** `message` is one sentence that says what is wrong, where, and what to do. */
export class ClusterError extends Error {
  readonly code: ClusterErrorCode;

  constructor(code: ClusterErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ClusterError';
    this.code = code;
  }
}
