/** An aggregation, with the types taken away. */
export interface Aggregation {
  /** The aggregate before the first value; null when the first value is it. */
  readonly initial: () => unknown;
  readonly add: (key: unknown, value: unknown, aggregate: unknown) => unknown;
  /** Makes one aggregate of two sessions. */
  readonly merge: (key: unknown, one: unknown, two: unknown) => unknown;
}

type Aggregator = (key: never, value: never, aggregate: never) => unknown;
type Merger = (key: never, one: never, two: never) => unknown;

export const counting: Aggregation = {
  initial: () => 0,
  add: (_key, _value, count) => Number(count) + 1,
  merge: (_key, one, two) => Number(one) + Number(two),
};

/** The first value is the first aggregate. */
export function reducing(reducer: (aggregate: never, value: never) => unknown): Aggregation {
  const reduce = reducer as (aggregate: unknown, value: unknown) => unknown;
  const add = (aggregate: unknown, value: unknown): unknown =>
    aggregate === null ? value : reduce(aggregate, value);
  return {
    initial: () => null,
    add: (_key, value, aggregate) => add(aggregate, value),
    merge: (_key, one, two) => add(one, two),
  };
}

export function aggregating(initial: () => unknown, aggregator: Aggregator, merger?: Merger): Aggregation {
  return {
    initial,
    add: aggregator as Aggregation['add'],
    merge: (merger as Aggregation['merge'] | undefined) ?? ((_key, one) => one),
  };
}

/** One step of an aggregation. */
export interface Step {
  /** What was aggregated upon: the old aggregate or, without one, the initial. Sent on as old value. */
  readonly before: unknown;
  readonly after: unknown;
}

export function step(aggregation: Aggregation, key: unknown, value: unknown, old: unknown): Step {
  const before = old ?? aggregation.initial() ?? null;
  return { before, after: aggregation.add(key, value, before) ?? null };
}
