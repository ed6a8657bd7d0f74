import type { OperatorOf } from '../../design/operators/registry.ts';
import type { Expression, TypeRef } from '../../design/types.ts';
import type { Json } from '../../expressions/typed-expression.ts';
import type { Bound } from './sample-evaluator.ts';
import type { FlowRecord } from './sample-record.ts';
import type { SampleService } from './sample-service.ts';

type Aggregate = OperatorOf<'aggregate'>;

export interface Window {
  readonly start: number;
  readonly end: number;
}

/** A change of one group, in a window if there are any. */
export interface Update {
  readonly key: Json;
  /** Null: the row is gone. */
  readonly value: Json;
  readonly before: Json;
  readonly timestamp: number;
  readonly window?: Window;
}

/** The aggregate with a record in it; `before` is null for an empty group. */
export function nextAggregate(
  run: SampleService,
  operator: Aggregate,
  record: FlowRecord,
  before: Json,
): Json {
  if (operator.method === 'count') return Number(before ?? 0) + 1;
  if (operator.method === 'reduce' && before === null) return record.value;
  return folded(run, operator, record, before ?? initialOf(run, operator), operator.value ?? '');
}

/** The aggregate of a table's rows without one of them; an empty group stays empty. */
export function aggregateWithout(
  run: SampleService,
  operator: Aggregate,
  record: FlowRecord,
  before: Json,
): Json {
  if (before === null) return null;
  if (operator.method === 'count') return Number(before) - 1;
  return folded(run, operator, record, before, operator.subtract ?? '');
}

/** What sessions amount to together; null for none. */
export function mergeSessions(
  run: SampleService,
  operator: Aggregate,
  key: Json,
  values: readonly Json[],
): Json {
  if (values.length === 0) return null;
  if (operator.method === 'count') return values.reduce((sum: number, value) => sum + Number(value), 0);
  const type = operator.output;
  const merge = (left: Json, right: Json): Json => {
    const sides: Bound = { left: [type, left], right: [type, right] };
    return operator.method === 'reduce'
      ? run.evaluator.evaluate(operator.value ?? '', { aggregate: [type, left], value: [type, right] }, type)
      : run.evaluator.evaluate(
          operator.merge ?? '',
          { key: [keyTypeOf(run, operator), key], ...sides },
          type,
        );
  };
  const [first = null, ...rest] = values;
  return operator.method === 'reduce'
    ? rest.reduce(merge, first)
    : values.reduce(merge, initialOf(run, operator));
}

function folded(
  run: SampleService,
  operator: Aggregate,
  { key, value }: FlowRecord,
  aggregate: Json,
  expression: Expression,
): Json {
  const bound: Bound = {
    ...(operator.method === 'reduce' ? {} : { key: [keyTypeOf(run, operator), key] }),
    value: [run.shape(operator, 'in').value, value],
    aggregate: [operator.output, aggregate],
  };
  return run.evaluator.evaluate(expression, bound, operator.output);
}

function initialOf(run: SampleService, operator: Aggregate): Json {
  return run.evaluator.evaluate(operator.initial ?? '', {}, operator.output);
}

function keyTypeOf(run: SampleService, operator: Aggregate): TypeRef {
  const { key } = run.shape(operator, 'in');
  return operator.groupBy === undefined ? key : (operator.groupKeyType ?? key);
}
