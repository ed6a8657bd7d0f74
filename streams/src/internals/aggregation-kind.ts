import type { EmitStrategy } from '../dsl.ts';
import type { ProcessorSupplier } from '../processor.ts';
import type { Serde } from '../serdes.ts';
import type { StoreBuilder } from '../store-builder.ts';
import type { Aggregation } from './aggregation.ts';
import type { StoreOptions } from './grouping.ts';
import type { OldValues, ValueGetterSupplier } from './table-origin.ts';

/** What one processor of an aggregation is made from. */
export interface AggregationStep {
  readonly store: string;
  /** Serde of the base key. */
  readonly key: Serde<unknown>;
  readonly aggregation: Aggregation;
  readonly oldValues: OldValues;
  readonly emit: EmitStrategy;
}

/** What sets aggregations apart: by key alone, or in windows of some kind. */
export interface AggregationKind {
  store(options: StoreOptions, key: Serde<unknown>, emit: EmitStrategy): StoreBuilder;
  /** Serde of the keys of the result. */
  resultKey(key: Serde<unknown>): Serde<unknown>;
  getter(store: string): ValueGetterSupplier;
  supplier(step: AggregationStep): ProcessorSupplier;
  /** How long after its end a window closes, ms; null without windows. */
  readonly closesAfterMs: number | null;
}
