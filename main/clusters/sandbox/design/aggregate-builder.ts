import type { EmitStrategy } from '@millstream/streams';
import type { OperatorOf } from '#shared/design/operators/registry.ts';
import { portValueType } from '#shared/design/queries/port-value-type.ts';
import { historyRetentionMs } from '#shared/design/queries/table-rows.ts';
import { type AnyTable, type BuildContext, streamInto, tableInto } from './build-context.ts';
import { typeSerde } from './design-serdes.ts';
import { operatorFunctions, type SlotFunctions } from './slot-functions.ts';
import { suppressed } from './suppress-builder.ts';
import { sessionWindows, timeWindows } from './windows.ts';

type Aggregate = OperatorOf<'aggregate'>;

export function addAggregate(operator: Aggregate, context: BuildContext): void {
  const functions = operatorFunctions(context.design, operator);
  const materialized = storeOf(operator, context);
  const table =
    operator.over === 'table'
      ? aggregateTable(operator, context, functions, materialized)
      : aggregateStream(operator, context, functions, materialized);
  const given = suppressed(operator, table);
  context.give(
    'out',
    operator.window ? { is: 'windowedTable', table: given } : { is: 'table', table: given },
  );
}

type Materialized = ReturnType<typeof storeOf>;

function storeOf(operator: Aggregate, { design, service }: BuildContext) {
  const { key, value } = portValueType(design, operator.id, 'out');
  const history = historyRetentionMs(service, operator);
  return {
    name: operator.store,
    key: typeSerde(design, key),
    value: typeSerde(design, value),
    ...(history === null ? {} : { historyRetentionMs: history }),
  };
}

function aggregateTable(
  operator: Aggregate,
  context: BuildContext,
  functions: SlotFunctions,
  materialized: Materialized,
): AnyTable {
  const groupBy = functions.required('groupBy');
  const grouped = tableInto(context, 'in').groupBy(
    (key, value) => [groupBy({ key, value }), value] as const,
    groupSerdes(operator, context),
  );
  if (operator.method === 'count') return grouped.count(withoutValue(materialized)) as AnyTable;
  const add = functions.required('value');
  const subtract = functions.required('subtract');
  if (operator.method === 'reduce') {
    return grouped.reduce(
      (aggregate, value) => add({ aggregate, value }),
      (aggregate, value) => subtract({ aggregate, value }),
      materialized,
    );
  }
  const initial = functions.required('initial');
  return grouped.aggregate<unknown>(
    () => initial({}),
    (key, value, aggregate) => add({ key, value, aggregate }),
    (key, value, aggregate) => subtract({ key, value, aggregate }),
    materialized,
  );
}

function aggregateStream(
  operator: Aggregate,
  context: BuildContext,
  functions: SlotFunctions,
  materialized: Materialized,
): AnyTable {
  const grouped = groupedStream(operator, context, functions);
  const { window } = operator;
  const emit: EmitStrategy =
    operator.suppress?.kind === 'onWindowClose' ? 'on-window-close' : 'on-window-update';
  if (window?.kind === 'session') {
    const sessions = grouped.windowedBy(sessionWindows(window)).emitStrategy(emit);
    if (operator.method !== 'aggregate') return foldStream(operator, functions, sessions, materialized);
    const { initial, add } = aggregation(functions);
    const merge = functions.required('merge');
    const merger = (key: unknown, left: unknown, right: unknown): unknown => merge({ key, left, right });
    return sessions.aggregate<unknown>(initial, add, merger, materialized) as AnyTable;
  }
  const target = window ? grouped.windowedBy(timeWindows(window)).emitStrategy(emit) : grouped;
  if (operator.method !== 'aggregate') return foldStream(operator, functions, target, materialized);
  const { initial, add } = aggregation(functions);
  return target.aggregate<unknown>(initial, add, materialized) as AnyTable;
}

type Grouped = ReturnType<typeof groupedStream>;
/** What windows of any kind, and none, have in common. */
interface Foldable {
  readonly count: (materialized: Parameters<Grouped['count']>[0]) => unknown;
  readonly reduce: (
    reducer: Parameters<Grouped['reduce']>[0],
    materialized: Parameters<Grouped['reduce']>[1],
  ) => unknown;
}

function foldStream(
  operator: Aggregate,
  functions: SlotFunctions,
  target: Foldable,
  materialized: Materialized,
): AnyTable {
  if (operator.method === 'count') return target.count(withoutValue(materialized)) as AnyTable;
  const value = functions.required('value');
  return target.reduce((old, next) => value({ aggregate: old, value: next }), materialized) as AnyTable;
}

function aggregation(functions: SlotFunctions) {
  const initial = functions.required('initial');
  const value = functions.required('value');
  return {
    initial: (): unknown => initial({}),
    add: (key: unknown, next: unknown, old: unknown): unknown => value({ key, value: next, aggregate: old }),
  };
}

/** A count knows how its values are written. */
function withoutValue({ value: _value, ...rest }: Materialized): Omit<Materialized, 'value'> {
  return rest;
}

function groupedStream(operator: Aggregate, context: BuildContext, functions: SlotFunctions) {
  const stream = streamInto(context, 'in');
  const groupBy = functions.optional('groupBy');
  const serdes = groupSerdes(operator, context);
  return groupBy
    ? stream.groupBy((key, value) => groupBy({ key, value }) as unknown, serdes)
    : stream.groupByKey(serdes);
}

function groupSerdes(operator: Aggregate, { design }: BuildContext) {
  const input = portValueType(design, operator.id, 'in');
  const output = portValueType(design, operator.id, 'out');
  return {
    name: operator.id,
    key: typeSerde(design, output.key),
    value: typeSerde(design, input.value),
  };
}
