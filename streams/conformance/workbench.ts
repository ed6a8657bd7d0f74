import { StreamsBuilder } from '../src/streams-builder.ts';
import type { StepOp } from './case-format.ts';
import type { ResolvedStep } from './case-scope.ts';
import { serdeOf } from './column-serdes.ts';
import type { Column } from './column-types.ts';
import type { LooseGrouped, LooseStream, LooseTable, Options } from './loose-dsl.ts';

export type ResolvedOf<O extends StepOp> = Extract<ResolvedStep, { op: O }>;

/** What was made so far, by the names the case gives. */
export class Workbench {
  readonly builder = new StreamsBuilder();
  readonly #things = new Map<string, unknown>();

  keep(name: string, thing: unknown): void {
    this.#things.set(name, thing);
  }

  stream(name: string): LooseStream {
    return this.#things.get(name) as LooseStream;
  }

  table(name: string): LooseTable {
    return this.#things.get(name) as LooseTable;
  }

  grouped(name: string): LooseGrouped {
    return this.#things.get(name) as LooseGrouped;
  }
}

interface NamedStore {
  readonly store: string;
  readonly historyRetention?: number | undefined;
}

/** The store that a step asks for, as the library takes it. */
export function storeOptions(
  { store, historyRetention }: NamedStore,
  key: Column | undefined,
  value: Column | undefined,
): Options {
  const history = historyRetention === undefined ? {} : { historyRetentionMs: historyRetention };
  return { name: store, ...serdes(key, value), ...history };
}

/** The serdes of what comes into a step, or of what goes out of it. */
export function serdes(key: Column | undefined, value: Column | undefined): Options {
  return {
    ...(key === undefined ? {} : { key: serdeOf(key) }),
    ...(value === undefined ? {} : { value: serdeOf(value) }),
  };
}
