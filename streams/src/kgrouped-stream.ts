import type { CountMaterialized, Materialized } from './dsl-options.ts';
import type { KTable } from './ktable.ts';
import type { SessionWindows } from './session-windows.ts';
import type { SlidingWindows } from './sliding-windows.ts';
import type { Windowed } from './state-stores.ts';
import type { TimeWindows } from './windows.ts';

/** When results of windows are emitted: at every update, or once when a window has closed. */
export type EmitStrategy = 'on-window-update' | 'on-window-close';

/** A stream whose records are grouped by key, ready to be aggregated. Null keys and values are dropped. */
export interface KGroupedStream<K, V> {
  count(materialized: CountMaterialized<K>): KTable<K, number>;
  reduce(reducer: (aggregate: V, value: V) => V, materialized: Materialized<K, V>): KTable<K, V>;
  aggregate<A>(
    initializer: () => A,
    aggregator: (key: K, value: V, aggregate: A) => A | null,
    materialized: Materialized<K, A>,
  ): KTable<K, A>;
  windowedBy(windows: TimeWindows | SlidingWindows): TimeWindowedKStream<K, V>;
  windowedBy(windows: SessionWindows): SessionWindowedKStream<K, V>;
  /** Begins an aggregation of this and other grouped streams into one table. */
  cogroup<A>(aggregator: (key: K, value: V, aggregate: A) => A | null): CogroupedKStream<K, A>;
}

/**
 * A grouped stream in time windows. Records later than the grace period are dropped and counted.
 * Every update of a window is emitted (there is no cache), unless the emit strategy says otherwise.
 */
export interface TimeWindowedKStream<K, V> {
  count(materialized: CountMaterialized<K>): KTable<Windowed<K>, number>;
  reduce(reducer: (aggregate: V, value: V) => V, materialized: Materialized<K, V>): KTable<Windowed<K>, V>;
  aggregate<A>(
    initializer: () => A,
    aggregator: (key: K, value: V, aggregate: A) => A | null,
    materialized: Materialized<K, A>,
  ): KTable<Windowed<K>, A>;
  /**
   * With `on-window-close` each window is emitted once, when its end and grace period have passed. That is
   * noticed when records arrive, at most once a second; a window that its store no longer keeps by then
   * (see `Materialized.retentionMs`) is not emitted, as in Kafka Streams.
   */
  emitStrategy(strategy: EmitStrategy): TimeWindowedKStream<K, V>;
}

/**
 * A grouped stream in sessions. A session that grows or is merged gets another key: the old one is
 * deleted with a tombstone before the new one is emitted.
 */
export interface SessionWindowedKStream<K, V> {
  count(materialized: CountMaterialized<K>): KTable<Windowed<K>, number>;
  reduce(reducer: (aggregate: V, value: V) => V, materialized: Materialized<K, V>): KTable<Windowed<K>, V>;
  /** `sessionMerger` makes one aggregate of two, when a record joins their sessions. */
  aggregate<A>(
    initializer: () => A,
    aggregator: (key: K, value: V, aggregate: A) => A | null,
    sessionMerger: (key: K, one: A, two: A) => A | null,
    materialized: Materialized<K, A>,
  ): KTable<Windowed<K>, A>;
  /** As for time windows: with `on-window-close` each session is emitted once, when it has closed. */
  emitStrategy(strategy: EmitStrategy): SessionWindowedKStream<K, V>;
}

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
