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
import { addCogroupTable, type CogroupMember } from './cogroup-table.ts';
import type { StoreOptions } from './grouping.ts';
import { byKey } from './key-aggregation.ts';
import { KTableImpl } from './ktable-impl.ts';
import { type AggregationWindows, windowsKind } from './windows-kind.ts';

type Members = readonly [CogroupMember, ...CogroupMember[]];

/** Finds the grouping behind a grouped stream. */
export type GroupingOf = (grouped: unknown) => CogroupMember['grouping'];

/** What `cogroup` returns. */
export class CogroupedKStreamImpl<K, A> implements CogroupedKStream<K, A> {
  readonly #members: Members;
  readonly #groupingOf: GroupingOf;

  constructor(members: Members, groupingOf: GroupingOf) {
    this.#members = members;
    this.#groupingOf = groupingOf;
  }

  cogroup<V>(
    grouped: KGroupedStream<K, V>,
    aggregator: (key: K, value: V, aggregate: A) => A | null,
  ): CogroupedKStream<K, A> {
    const member = { grouping: this.#groupingOf(grouped), add: aggregator as Aggregation['add'] };
    return new CogroupedKStreamImpl<K, A>(withMember(this.#members, member), this.#groupingOf);
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

/** A grouping that is added again keeps its place and takes the new aggregator, as in Kafka Streams. */
function withMember(members: Members, added: CogroupMember): Members {
  const [first, ...rest] = members;
  const isSame = ({ grouping }: CogroupMember): boolean => grouping === added.grouping;
  if (!members.some(isSame)) return [first, ...rest, added];
  const chosen = (member: CogroupMember): CogroupMember => (isSame(member) ? added : member);
  return [chosen(first), ...rest.map(chosen)];
}

/** With sessions a merger comes before the options of the store. */
class WindowedCogroupedKStreamImpl<K, A> {
  readonly #members: Members;
  readonly #kind: AggregationKind;

  constructor(members: Members, kind: AggregationKind) {
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
  members: Members,
  kind: AggregationKind,
  initial: () => unknown,
  materialized: unknown,
  merge: Aggregation['merge'] = (_key, one) => one,
): KTable<K, A> {
  const store = materialized as StoreOptions;
  const origin = addCogroupTable({ members, store, kind, initial, merge });
  return new KTableImpl<K, A>(members[0].grouping.context, origin);
}
