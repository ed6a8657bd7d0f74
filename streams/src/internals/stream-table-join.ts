import type { Joined } from '../dsl-options.ts';
import { TopologyError } from '../errors.ts';
import type { ProcessorSupplier } from '../processor.ts';
import type { Serde } from '../serdes.ts';
import { addProcessor, type BuilderContext, requireSerde, type StreamOrigin } from './builder-context.ts';
import { lookupJoin } from './lookup-join.ts';
import { repartitionIfNeeded } from './repartition.ts';
import { graceBuffer, graceJoin } from './stream-table-grace.ts';
import type { TableOrigin, ValueGetterSupplier } from './table-origin.ts';

export interface StreamTableJoinOptions {
  readonly joiner: (value: unknown, tableValue: unknown, key: unknown) => unknown;
  readonly joined: Joined<unknown, unknown>;
  readonly left: boolean;
}

/** Joins a stream with a table by key, at once, or after a grace period as of the records' time. */
export function addStreamTableJoin(
  context: BuilderContext,
  stream: StreamOrigin,
  table: TableOrigin,
  options: StreamTableJoinOptions,
): StreamOrigin {
  const { joiner, left, joined } = options;
  const { name, key = null, value = null } = joined;
  const origin = repartitionIfNeeded(context, stream, { name, key, value });
  const sources = new Set([...origin.sources, ...table.sources]);
  context.graph.copartitioned.push(sources);
  if (left) context.graph.keepNullKeysBefore(origin.node);
  const rows = table.valueGetter();
  const { supplier, stores } =
    joined.gracePeriodMs === undefined
      ? { supplier: lookupJoin({ table: rows, keyMapper: (each) => each, joiner, left }), stores: [] }
      : joinWithGrace(context, origin, rows, options, joined.gracePeriodMs);
  const node = addProcessor(context, name, [origin.node], supplier, [...stores, ...rows.stores]);
  return { ...origin, node, value: null, sources };
}

function joinWithGrace(
  context: BuilderContext,
  origin: StreamOrigin,
  table: ValueGetterSupplier,
  { joiner, left, joined }: StreamTableJoinOptions,
  graceMs: number,
): { readonly supplier: ProcessorSupplier; readonly stores: readonly string[] } {
  const { name } = joined;
  for (const store of table.stores) assertHistory(context, name, store, graceMs);
  const key: Serde<unknown> = requireSerde(joined.key, origin.key, `The key of join "${name}"`);
  const value: Serde<unknown> = requireSerde(joined.value, origin.value, `The value of join "${name}"`);
  const buffer = `${name}-Buffer`;
  context.graph.addStore(graceBuffer(buffer));
  return { supplier: graceJoin({ table, joiner, left, graceMs, buffer, key, value }), stores: [buffer] };
}

function assertHistory(context: BuilderContext, join: string, store: string, graceMs: number): void {
  const builder = context.graph.stores.get(store);
  if (builder?.kind !== 'versioned') {
    throw new TopologyError(
      `Join "${join}" has a grace period, so its table must keep versions: give it "historyRetentionMs".`,
    );
  }
  if (graceMs > builder.historyRetentionMs) {
    throw new TopologyError(
      `Join "${join}" waits ${graceMs} ms, longer than the table's history of ${builder.historyRetentionMs} ms.`,
    );
  }
}
