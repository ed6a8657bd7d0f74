import { TimeWindows } from '@millstream/streams';
import type { Operator, OperatorOf } from '#shared/design/operators/registry.ts';
import { portValueType } from '#shared/design/queries/port-value-type.ts';
import type { AggregationWindow } from '#shared/design/windows.ts';
import { type AnyTable, type BuildContext, refuse, streamInto } from './build-context.ts';
import { typeSerde } from './design-serdes.ts';
import { operatorFunctions } from './slot-functions.ts';

type Aggregate = OperatorOf<'aggregate'>;

export function addAggregate(operator: Aggregate, context: BuildContext): void {
  if (operator.over === 'table') refuse(operator, 'an aggregation of a table');
  if (operator.suppress) refuse(operator, 'suppression');
  const table = aggregate(operator, context);
  context.give('out', operator.window ? { is: 'windowedTable', table } : { is: 'table', table });
}

function aggregate(operator: Aggregate, context: BuildContext): AnyTable {
  const grouped = groupedStream(operator, context);
  const { key, value } = portValueType(context.design, operator.id, 'out');
  const materialized = {
    name: operator.store,
    key: typeSerde(context.design, key),
    value: typeSerde(context.design, value),
  };
  const windows = operator.window ? windowOf(operator.window, operator) : null;
  const target = windows ? grouped.windowedBy(windows) : grouped;
  return method(operator, context, target as typeof grouped, materialized);
}

type Grouped = ReturnType<typeof groupedStream>;
type Materialized = Parameters<Grouped['reduce']>[1];

function method(
  operator: Aggregate,
  context: BuildContext,
  grouped: Grouped,
  materialized: Materialized,
): AnyTable {
  const functions = operatorFunctions(context.design, operator);
  switch (operator.method) {
    case 'count':
      return grouped.count({
        name: materialized.name,
        ...(materialized.key ? { key: materialized.key } : {}),
      }) as AnyTable;
    case 'reduce': {
      const value = functions.required('value');
      return grouped.reduce((old, next) => value({ aggregate: old, value: next }), materialized);
    }
    case 'aggregate': {
      const initial = functions.required('initial');
      const value = functions.required('value');
      return grouped.aggregate<unknown>(
        () => initial({}),
        (key, next, old) => value({ key, value: next, aggregate: old }),
        materialized,
      );
    }
  }
}

function groupedStream(operator: Aggregate, context: BuildContext) {
  const input = portValueType(context.design, operator.id, 'in');
  const output = portValueType(context.design, operator.id, 'out');
  const stream = streamInto(context, 'in');
  const groupBy = operatorFunctions(context.design, operator).optional('groupBy');
  const serdes = {
    name: operator.id,
    key: typeSerde(context.design, output.key),
    value: typeSerde(context.design, input.value),
  };
  return groupBy
    ? stream.groupBy((key, value) => groupBy({ key, value }) as unknown, serdes)
    : stream.groupByKey(serdes);
}

function windowOf(window: AggregationWindow, operator: Operator): TimeWindows {
  if (window.kind === 'tumbling') return TimeWindows.ofSizeAndGrace(window.sizeMs, window.graceMs);
  if (window.kind === 'hopping') {
    return TimeWindows.ofSizeAndGrace(window.sizeMs, window.graceMs).advanceBy(window.advanceMs);
  }
  return refuse(operator, `${window.kind} windows`);
}
