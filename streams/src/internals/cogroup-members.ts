import type { Aggregation } from './aggregation.ts';
import type { StreamOrigin } from './builder-context.ts';
import type { Grouping } from './grouping.ts';

/**
 * The streams that are aggregated together. As in Kafka Streams, all that was made from one `cogroup`
 * shares them, also what was made before the last was added.
 */
export class CogroupMembers {
  readonly first: Grouping;
  /** A grouping that is added again keeps its place and takes the new aggregator. */
  readonly #adders: Map<Grouping, Aggregation['add']>;
  readonly #partitioned = new Map<Grouping, StreamOrigin>();

  constructor(first: Grouping, add: Aggregation['add']) {
    this.first = first;
    this.#adders = new Map([[first, add]]);
  }

  add(grouping: Grouping, add: Aggregation['add']): void {
    this.#adders.set(grouping, add);
  }

  get adders(): readonly Aggregation['add'][] {
    return [...this.#adders.values()];
  }

  /** Where the records come from, by their keys: repartitioned once, however often they are aggregated. */
  partitioned(storeName: string): StreamOrigin[] {
    return [...this.#adders.keys()].map((grouping) => {
      const known = this.#partitioned.get(grouping) ?? grouping.partitionedAnew(storeName);
      this.#partitioned.set(grouping, known);
      return known;
    });
  }
}
