import type { Grouped } from '../dsl-options.ts';
import type { Serde } from '../serdes.ts';
import { type BuilderContext, requireSerde, type StreamOrigin } from './builder-context.ts';
import { repartitionAgain, repartitionIfNeeded } from './repartition.ts';

/** What an aggregation is told about its store, with the types taken away. */
export interface StoreOptions {
  readonly name: string;
  readonly key?: Serde<unknown>;
  readonly value: Serde<unknown>;
  readonly logged?: boolean;
  readonly inMemory?: boolean;
  readonly retentionMs?: number;
  readonly historyRetentionMs?: number;
}

/** The repartitioning of a grouping: all its aggregations share it when it has a name. */
export class Grouping {
  readonly context: BuilderContext;
  readonly #origin: StreamOrigin;
  readonly #grouped: Grouped<unknown, unknown>;
  #partitioned: StreamOrigin | null = null;

  constructor(context: BuilderContext, origin: StreamOrigin, grouped: Grouped<unknown, unknown>) {
    this.context = context;
    this.#origin = origin;
    this.#grouped = grouped;
  }

  partitioned(storeName: string): StreamOrigin {
    const { name } = this.#grouped;
    if (this.#partitioned !== null) {
      if (name !== undefined && this.#origin.repartitionRequired) repartitionAgain(this.context, name);
      return this.#partitioned;
    }
    const partitioned = this.partitionedAnew(storeName);
    if (name !== undefined) this.#partitioned = partitioned;
    return partitioned;
  }

  /** Apart from what `partitioned` shares. */
  partitionedAnew(storeName: string): StreamOrigin {
    const { name = storeName, key = null, value = null } = this.#grouped;
    return repartitionIfNeeded(this.context, this.#origin, { name, key, value });
  }

  keySerde(options: StoreOptions): Serde<unknown> {
    return requireSerde(
      options.key ?? this.#grouped.key,
      this.#origin.key,
      `The key of store "${options.name}"`,
    );
  }
}
