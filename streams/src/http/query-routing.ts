import type { KafkaStreamsState } from '../kafka/kafka-streams.ts';
import type { LocalPart, PartOwners } from '../kafka/store-parts.ts';
import type { StoreBuilder } from '../store-builder.ts';

/** What queries must know about an application: its stores, and who has which part of them. */
export interface QueryRouting {
  readonly state: KafkaStreamsState;
  builders(): StoreBuilder[];
  /** All partitions of a store; null for a global table, which every instance has completely. */
  owners(store: string): readonly PartOwners[] | null;
  /** The partition that a key belongs to. */
  partitionOf(store: string, key: unknown): number;
  /** Parts of a store that can be read here; with `stale` also those that may not be up to date. */
  localParts(store: string, stale: boolean): LocalPart[];
}

/** A routing that also tells when the answers may be others. */
export interface WatchedRouting extends QueryRouting {
  /** Returns a function that stops listening. */
  onStateChange(listener: () => void): () => void;
  /** Told of the changes of a store's parts that are here now. Returns a function that stops listening. */
  onStoreChange(store: string, listener: () => void): () => void;
}
