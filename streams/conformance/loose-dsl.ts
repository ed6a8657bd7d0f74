import type { ProcessorSupplier, ValueTransformer } from '../src/processor.ts';
import type { Serde } from '../src/serdes.ts';
import type { OfKeyAndValue, OfThree } from './functions.ts';

/*
 * The library's interfaces with the types of keys and values taken away: a case decides them at run
 * time. The real ones are generic in ways that data cannot be.
 */

export interface Options {
  readonly name?: string;
  readonly key?: Serde<unknown>;
  readonly value?: Serde<unknown>;
  readonly otherValue?: Serde<unknown>;
  readonly logged?: boolean;
  readonly retentionMs?: number;
  readonly historyRetentionMs?: number;
  readonly gracePeriodMs?: number;
  readonly topics?: readonly string[];
  readonly stores?: readonly string[];
  readonly defaultBranch?: string;
  readonly materialized?: Options;
}

export interface LooseStream {
  filter(predicate: OfKeyAndValue<boolean>): LooseStream;
  filterNot(predicate: OfKeyAndValue<boolean>): LooseStream;
  map(mapper: OfKeyAndValue<readonly [unknown, unknown]>): LooseStream;
  mapValues(mapper: (value: unknown, key: unknown) => unknown): LooseStream;
  flatMap(mapper: OfKeyAndValue<(readonly [unknown, unknown])[]>): LooseStream;
  flatMapValues(mapper: (value: unknown, key: unknown) => unknown[]): LooseStream;
  selectKey(mapper: OfKeyAndValue<unknown>): LooseStream;
  peek(action: () => void): LooseStream;
  split(branches: Record<string, OfKeyAndValue<boolean>>, options?: Options): Record<string, LooseStream>;
  merge(other: LooseStream): LooseStream;
  repartition(options: Options): LooseStream;
  to(topic: string | OfKeyAndValue<string>, options: Options): void;
  process(supplier: ProcessorSupplier, options: Options): LooseStream;
  processValues(supplier: ProcessorSupplier, options: Options): LooseStream;
  join(other: unknown, ...rest: readonly unknown[]): LooseStream;
  leftJoin(other: unknown, ...rest: readonly unknown[]): LooseStream;
  outerJoin(other: unknown, ...rest: readonly unknown[]): LooseStream;
  groupByKey(options: Options): LooseGrouped;
  groupBy(mapper: OfKeyAndValue<unknown>, options: Options): LooseGrouped;
  toTable(options: Options): LooseTable;
}

export interface LooseTable {
  filter(predicate: OfKeyAndValue<boolean>, options?: Options): LooseTable;
  filterNot(predicate: OfKeyAndValue<boolean>, options?: Options): LooseTable;
  mapValues(mapper: (value: unknown, key: unknown) => unknown, options?: Options): LooseTable;
  transformValues(supplier: () => ValueTransformer<unknown, unknown, unknown>, options?: Options): LooseTable;
  toStream(mapper?: OfKeyAndValue<unknown>): LooseStream;
  join(other: LooseTable, ...rest: readonly unknown[]): LooseTable;
  leftJoin(other: LooseTable, ...rest: readonly unknown[]): LooseTable;
  outerJoin(other: LooseTable, ...rest: readonly unknown[]): LooseTable;
  groupBy(mapper: OfKeyAndValue<readonly [unknown, unknown]>, options: Options): LooseGrouped;
  suppress(suppressed: unknown, options?: Options): LooseTable;
}

type Reducer = (all: unknown, value: unknown) => unknown;

/** Grouped streams and tables, windowed and cogrouped ones: each has some of these. */
export interface LooseGrouped {
  count(options: Options): LooseTable;
  reduce(reducer: Reducer, ...rest: readonly unknown[]): LooseTable;
  aggregate(initializer: () => unknown, ...rest: readonly unknown[]): LooseTable;
  windowedBy(windows: unknown): LooseGrouped;
  emitStrategy(strategy: string): LooseGrouped;
  cogroup(first: OfThree | LooseGrouped, second?: OfThree): LooseGrouped;
}
