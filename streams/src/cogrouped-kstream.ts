import type { Materialized } from './dsl-options.ts';
import type { KGroupedStream } from './kgrouped-stream.ts';
import type { KTable } from './ktable.ts';
import type { SessionWindows } from './session-windows.ts';
import type { SlidingWindows } from './sliding-windows.ts';
import type { Windowed } from './state-stores.ts';
import type { TimeWindows } from './windows.ts';

/** Several grouped streams that are aggregated into one table, each with an aggregator of its own. */
export interface CogroupedKStream<K, A> {
  /** Adds a stream. Streams whose key was changed are repartitioned: name their groupings. */
  cogroup<V>(
    grouped: KGroupedStream<K, V>,
    aggregator: (key: K, value: V, aggregate: A) => A | null,
  ): CogroupedKStream<K, A>;
  aggregate(initializer: () => A, materialized: Materialized<K, A>): KTable<K, A>;
  windowedBy(windows: TimeWindows | SlidingWindows): TimeWindowedCogroupedKStream<K, A>;
  windowedBy(windows: SessionWindows): SessionWindowedCogroupedKStream<K, A>;
}

/** Cogrouped streams in tumbling, hopping or sliding windows. Each stream has its own stream time. */
export interface TimeWindowedCogroupedKStream<K, A> {
  aggregate(initializer: () => A, materialized: Materialized<K, A>): KTable<Windowed<K>, A>;
}

/** Cogrouped streams in sessions. Each stream has its own stream time. */
export interface SessionWindowedCogroupedKStream<K, A> {
  aggregate(
    initializer: () => A,
    sessionMerger: (key: K, one: A, two: A) => A | null,
    materialized: Materialized<K, A>,
  ): KTable<Windowed<K>, A>;
}
