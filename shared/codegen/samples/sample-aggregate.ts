import type { OperatorOf } from '../../design/operators/registry.ts';
import type { AggregationWindow } from '../../design/windows.ts';
import type { Json } from '../../expressions/typed-expression.ts';
import type { Bound } from './sample-evaluator.ts';
import { type FlowRecord, Unpredictable } from './sample-record.ts';
import { keyText, type SampleService, type SampleStep } from './sample-service.ts';

export const sampleAggregate: SampleStep<'aggregate'> = (run, operator, record) => {
  const shape = run.shape(operator, 'in');
  const key =
    operator.groupBy === undefined
      ? record.key
      : run.evaluator.evaluate(
          operator.groupBy,
          run.bound(operator, record),
          operator.groupKeyType ?? shape.key,
        );
  const isRepartitioned = operator.groupBy !== undefined || shape.rekeyed;
  run.cross(isRepartitioned, () => add(run, operator, { ...record, key }));
};

function add(run: SampleService, operator: OperatorOf<'aggregate'>, record: FlowRecord): void {
  if (record.key === null || record.value === null) return;
  const state = run.stateOf(operator.id);
  for (const window of windowsOf(operator.window, record.timestamp)) {
    const place = window === undefined ? keyText(record.key) : `${keyText(record.key)}@${window.start}`;
    const value = nextAggregate(run, operator, record, state.get(place));
    run.keep(operator.id, place, value);
    run.give(operator, 'out', { ...record, value, ...(window === undefined ? {} : { window }) });
  }
}

function nextAggregate(
  run: SampleService,
  operator: OperatorOf<'aggregate'>,
  record: FlowRecord,
  before: Json | undefined,
): Json {
  if (operator.method === 'count') return Number(before ?? 0) + 1;
  if (operator.method === 'reduce' && before === undefined) return record.value;
  const aggregate = before ?? run.evaluator.evaluate(operator.initial ?? '', {}, operator.output);
  const shape = run.shape(operator, 'in');
  const bound: Bound = {
    key: [operator.groupBy === undefined ? shape.key : (operator.groupKeyType ?? shape.key), record.key],
    value: [shape.value, record.value],
    aggregate: [operator.output, aggregate],
  };
  return run.evaluator.evaluate(operator.value ?? '', bound, operator.output);
}

type Window = { readonly start: number; readonly end: number };

function windowsOf(
  window: AggregationWindow | undefined,
  timestamp: number,
): readonly (Window | undefined)[] {
  if (window === undefined) return [undefined];
  if (window.kind === 'sliding' || window.kind === 'session') {
    throw new Unpredictable('a window that follows its records is not sampled');
  }
  const advance = window.kind === 'hopping' ? window.advanceMs : window.sizeMs;
  const windows: Window[] = [];
  const earliest = Math.max(0, timestamp - window.sizeMs + advance);
  for (let start = Math.floor(earliest / advance) * advance; start <= timestamp; start += advance) {
    windows.push({ start, end: start + window.sizeMs });
  }
  return windows;
}
