import type { Grouped } from '../dsl-options.ts';
import type { Serde } from '../serdes.ts';
import { type BuilderContext, requireSerde, type StreamOrigin } from './builder-context.ts';
import { repartitionIfNeeded } from './repartition.ts';

/** What an aggregation is told about its store, with the types taken away. */
export interface StoreOptions {
  readonly name: string;
  readonly key?: Serde<unknown>;
  readonly value: Serde<unknown>;
  readonly logged?: boolean;
  readonly retentionMs?: number;
}

/** The one repartitioning that all aggregations of a grouping share. */
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
    this.#partitioned ??= repartitionIfNeeded(this.context, this.#origin, {
      name: this.#grouped.name ?? storeName,
      key: this.#grouped.key ?? null,
      value: this.#grouped.value ?? null,
    });
    return this.#partitioned;
  }

  keySerde(options: StoreOptions): Serde<unknown> {
    return requireSerde(
      options.key ?? this.#grouped.key,
      this.#origin.key,
      `The key of store "${options.name}"`,
    );
  }
}
