import type { Serde } from './serdes.ts';

/** What was gathered for a key when the wait ended. */
export interface Gathered<K, S, I> {
  readonly key: K;
  readonly start: S;
  /** Distinct items in the order of arrival. */
  readonly items: readonly I[];
  /** `count` items came, or `until` held. */
  readonly complete: boolean;
  /** The time-out passed first. */
  readonly timedOut: boolean;
}

/** How long to wait for what. Times in ms. */
export interface GatherOptions<K, S, I, R> {
  /** Names the step, its store and, where the key was changed, its repartition topics. */
  readonly name: string;
  readonly key: Serde<K>;
  readonly start: Serde<S>;
  readonly item: Serde<I>;
  /** Distinct items to wait for. */
  readonly count: number;
  /** Counted from the timestamp of the start record. */
  readonly timeoutMs: number;
  /** Ends the wait early. */
  readonly until?: (items: readonly I[]) => boolean;
  /** Items with the same id count once; default: every item counts. */
  readonly itemId?: (item: I) => string;
  /** How long a finished key ignores stragglers, and early items wait for a start. Default: one day. */
  readonly retentionMs?: number;
  readonly result: (gathered: Gathered<K, S, I>) => R;
}
