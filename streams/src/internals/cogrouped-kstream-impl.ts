import type {
  CogroupedKStream,
  KGroupedStream,
  KTable,
  SessionWindowedCogroupedKStream,
  TimeWindowedCogroupedKStream,
} from '../dsl.ts';
import type { Materialized } from '../dsl-options.ts';
import type { SessionWindows } from '../session-windows.ts';
import type { SlidingWindows } from '../sliding-windows.ts';
import type { Windowed } from '../state-stores.ts';
import type { TimeWindows } from '../windows.ts';
import type { Aggregation } from './aggregation.ts';
import type { AggregationKind } from './aggregation-kind.ts';
import { CogroupMembers } from './cogroup-members.ts';
import { addCogroupTable } from './cogroup-table.ts';
import type { Grouping, StoreOptions } from './grouping.ts';
import { byKey } from './key-aggregation.ts';
import { KTableImpl } from './ktable-impl.ts';
import { type AggregationWindows, windowsKind } from './windows-kind.ts';

/** Finds the grouping behind a grouped stream. */
export type GroupingOf = (grouped: unknown) => Grouping;

/** What `cogroup` returns. */
export class CogroupedKStreamImpl<K, A> implements CogroupedKStream<K, A> {
  readonly #members: CogroupMembers;
  readonly #groupingOf: GroupingOf;

  constructor(first: Grouping, aggregator: unknown, groupingOf: GroupingOf) {
    this.#members = new CogroupMembers(first, aggregator as Aggregation['add']);
    this.#groupingOf = groupingOf;
  }

  cogroup<V>(
    grouped: KGroupedStream<K, V>,
    aggregator: (key: K, value: V, aggregate: A) => A | null,
  ): CogroupedKStream<K, A> {
    this.#members.add(this.#groupingOf(grouped), aggregator as Aggregation['add']);
    return this;
  }

  aggregate(initializer: () => A, materialized: Materialized<K, A>): KTable<K, A> {
    return table<K, A>(this.#members, byKey, initializer, materialized);
  }

  windowedBy(windows: TimeWindows | SlidingWindows): TimeWindowedCogroupedKStream<K, A>;
  windowedBy(windows: SessionWindows): SessionWindowedCogroupedKStream<K, A>;
  windowedBy(
    windows: AggregationWindows,
  ): TimeWindowedCogroupedKStream<K, A> & SessionWindowedCogroupedKStream<K, A> {
    return new WindowedCogroupedKStreamImpl<K, A>(this.#members, windowsKind(windows));
  }
}

/** With sessions a merger comes before the options of the store. */
class WindowedCogroupedKStreamImpl<K, A> {
  readonly #members: CogroupMembers;
  readonly #kind: AggregationKind;

  constructor(members: CogroupMembers, kind: AggregationKind) {
    this.#members = members;
    this.#kind = kind;
  }

  aggregate(
    initializer: () => A,
    mergerOrMaterialized: ((key: K, one: A, two: A) => A | null) | Materialized<K, A>,
    materialized?: Materialized<K, A>,
  ): KTable<Windowed<K>, A> {
    if (typeof mergerOrMaterialized !== 'function') {
      return table<Windowed<K>, A>(this.#members, this.#kind, initializer, mergerOrMaterialized);
    }
    const merge = mergerOrMaterialized as Aggregation['merge'];
    return table<Windowed<K>, A>(this.#members, this.#kind, initializer, materialized, merge);
  }
}

function table<K, A>(
  members: CogroupMembers,
  kind: AggregationKind,
  initial: () => unknown,
  materialized: unknown,
  merge: Aggregation['merge'] = (_key, one) => one,
): KTable<K, A> {
  const store = materialized as StoreOptions;
  const origin = addCogroupTable({ members, store, kind, initial, merge });
  return new KTableImpl<K, A>(members.first.context, origin);
}
