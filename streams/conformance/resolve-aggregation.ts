import { CaseError } from './case-error.ts';
import type { StepOf, WindowsSpec } from './case-format.ts';
import { type Resolution, resolution, type Scope, type Thing } from './case-scope.ts';
import {
  type Column,
  checkAggregator,
  checkMerger,
  checkReducer,
  mappedKey,
  mappedValue,
} from './column-types.ts';

type AggregationStep = StepOf<
  'groupByKey' | 'groupBy' | 'groupTable' | 'cogroup' | 'windowedBy' | 'count' | 'reduce' | 'aggregate'
>;

export function resolveAggregation(step: AggregationStep, scope: Scope): Resolution {
  switch (step.op) {
    case 'groupByKey': {
      const input = scope.find(step.from, 'stream');
      return resolution(input, step.as, { kind: 'grouped stream', key: input.key, value: input.value });
    }
    case 'groupBy': {
      const input = scope.find(step.from, 'stream');
      const key = mappedKey(step.key, input.key, input.value);
      return resolution(input, step.as, { kind: 'grouped stream', key, value: input.value });
    }
    case 'groupTable': {
      const input = scope.find(step.from, 'table');
      const key = mappedKey(step.key, input.key, input.value);
      const value = mappedValue(step.value, input.value);
      return resolution(input, step.as, { kind: 'grouped table', key, value });
    }
    case 'cogroup':
      return resolveCogroup(step, scope);
    case 'windowedBy': {
      const input = scope.find(step.from, 'grouped stream', 'cogrouped stream');
      if (step.windows.kind === 'hopping' && step.windows.advance > step.windows.size)
        throw new CaseError('"advance" is larger than "size"');
      if (input.kind === 'cogrouped stream' && step.emit !== undefined)
        throw new CaseError('cogrouped streams take no "emit"');
      const kind = input.kind === 'grouped stream' ? 'windowed stream' : 'windowed cogrouped stream';
      return resolution(input, step.as, { ...input, kind, windows: step.windows }, { kind: input.kind });
    }
    case 'count':
    case 'reduce': {
      const input = scope.find(step.from, 'grouped stream', 'grouped table', 'windowed stream');
      checkRetention(step, input);
      if (step.op === 'reduce') checkReduce(step, input);
      const value = step.op === 'count' ? 'long' : input.value;
      const thing: Thing = { kind: 'table', key: tableKey(input), value, versioned: isVersioned(step) };
      return resolution(input, step.as, thing, { kind: input.kind });
    }
    case 'aggregate':
      return resolveAggregate(step, scope);
  }
}

function resolveCogroup(step: StepOf<'cogroup'>, scope: Scope): Resolution {
  const input = scope.find(step.from, 'grouped stream', 'cogrouped stream');
  if (input.kind === 'grouped stream') {
    if (step.with !== undefined)
      throw new CaseError('"with" is for a stream that is cogrouped already: begin without it');
    const adders = new Map([[step.from, { add: step.add, value: input.value }]]);
    return resolution(input, step.as, { ...input, kind: 'cogrouped stream', adders }, { kind: input.kind });
  }
  if (step.with === undefined) throw new CaseError('"with" must name the grouped stream to add');
  const other = scope.find(step.with, 'grouped stream');
  if (other.key !== input.key) throw new CaseError('the two groupings have keys of different types');
  input.adders?.set(step.with, { add: step.add, value: other.value });
  const types = { kind: input.kind, otherKey: other.key, otherValue: other.value };
  return resolution(input, step.as, input, types);
}

function checkReduce(step: StepOf<'reduce'>, input: Thing): void {
  checkReducer(step.with, input.value);
  const isTable = input.kind === 'grouped table';
  if (isTable !== (step.subtract !== undefined))
    throw new CaseError(isTable ? 'a grouped table needs "subtract"' : '"subtract" is for grouped tables');
  if (step.subtract !== undefined) checkReducer(step.subtract, input.value);
}

function resolveAggregate(step: StepOf<'aggregate'>, scope: Scope): Resolution {
  const input = scope.find(
    step.from,
    'grouped stream',
    'grouped table',
    'cogrouped stream',
    'windowed stream',
    'windowed cogrouped stream',
  );
  checkRetention(step, input);
  checkAggregate(step, input);
  const unreadable = input.kind === 'windowed cogrouped stream';
  const versioned = isVersioned(step);
  const thing: Thing = { kind: 'table', key: tableKey(input), value: step.value, unreadable, versioned };
  return resolution(input, step.as, thing, { kind: input.kind });
}

function checkAggregate(step: StepOf<'aggregate'>, input: Thing): void {
  const cogrouped = input.adders !== undefined;
  if (cogrouped === (step.add !== undefined))
    throw new CaseError(cogrouped ? 'cogrouped streams have their "add" already' : '"add" is missing');
  for (const adder of input.adders?.values() ?? []) checkAggregator(adder.add, adder.value, step.value);
  if (step.add !== undefined) checkAggregator(step.add, input.value, step.value);
  const isTable = input.kind === 'grouped table';
  if (isTable !== (step.subtract !== undefined))
    throw new CaseError(isTable ? 'a grouped table needs "subtract"' : '"subtract" is for grouped tables');
  if (step.subtract !== undefined) checkAggregator(step.subtract, input.value, step.value);
  const sessions = input.windows?.kind === 'session';
  if (sessions !== (step.merge !== undefined))
    throw new CaseError(sessions ? 'session windows need "merge"' : '"merge" is for session windows');
  if (step.merge !== undefined) checkMerger(step.merge, step.value);
  const initial = step.initial;
  if (initial !== null && step.value !== (typeof initial === 'string' ? 'string' : 'long'))
    throw new CaseError(`"initial" must be a ${step.value}, not ${JSON.stringify(initial)}`);
}

type StoredStep = StepOf<'count' | 'reduce' | 'aggregate'>;

function checkRetention(step: StoredStep, input: Thing): void {
  if (step.retention !== undefined && input.windows === undefined)
    throw new CaseError('"retention" is for windowed aggregations');
  if (isVersioned(step) && input.windows !== undefined)
    throw new CaseError('"historyRetention" is for aggregations without windows');
}

function isVersioned(step: StoredStep): boolean {
  return step.historyRetention !== undefined;
}

function tableKey(input: Thing): Column {
  const { key, windows } = input;
  if (windows === undefined) return key;
  if (typeof key !== 'string')
    throw new CaseError('windows of windowed keys cannot be made: map the key first');
  return windows.kind === 'session'
    ? { windowed: key, kind: 'session' }
    : { windowed: key, kind: 'time', size: windowSize(windows) };
}

export function windowSize(windows: Exclude<WindowsSpec, { kind: 'session' }>): number {
  return windows.kind === 'sliding' ? windows.difference : windows.size;
}
