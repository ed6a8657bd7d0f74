import { CaseError } from './case-error.ts';
import type {
  AggregatorSpec,
  FlatMapperSpec,
  JoinerSpec,
  KeyMapperSpec,
  MergerSpec,
  PredicateSpec,
  ReducerSpec,
  ValueMapperSpec,
} from './function-format.ts';

export type Plain = 'string' | 'long';

/** The type of a key or value; keys of windowed aggregations carry their window. */
export type Column =
  | Plain
  | { readonly windowed: Plain; readonly kind: 'time'; readonly size: number }
  | { readonly windowed: Plain; readonly kind: 'session' };

export function describeColumn(column: Column): string {
  return typeof column === 'string' ? `a ${column}` : `a windowed ${column.windowed}`;
}

export function isSameColumn(one: Column, two: Column): boolean {
  return JSON.stringify(one) === JSON.stringify(two);
}

/** The column, when it is of that type; otherwise says which function wants it. */
function need<C extends Column>(fn: string, what: string, column: Column, wanted: C): C {
  if (column !== wanted)
    throw new CaseError(
      `"${fn}" takes a ${what} that is ${describeColumn(wanted)}, not ${describeColumn(column)}`,
    );
  return wanted;
}

export function checkPredicate(spec: PredicateSpec, key: Column, value: Column): void {
  if (spec.fn === 'key-starts-with') need(spec.fn, 'key', key, 'string');
  if (spec.fn === 'value-starts-with' || spec.fn === 'value-contains')
    need(spec.fn, 'value', value, 'string');
  if (spec.fn === 'value-above') need(spec.fn, 'value', value, 'long');
}

export function mappedValue(spec: ValueMapperSpec, value: Column): Column {
  switch (spec.fn) {
    case 'same':
      return value;
    case 'with-key':
    case 'to-text':
    case 'constant':
      return 'string';
    case 'length':
      need(spec.fn, 'value', value, 'string');
      return 'long';
    case 'add':
      return need(spec.fn, 'value', value, 'long');
    case 'append':
    case 'upper-case':
    case 'null-when-contains':
      return need(spec.fn, 'value', value, 'string');
  }
}

export function mappedKey(spec: KeyMapperSpec, key: Column, value: Column): Column {
  switch (spec.fn) {
    case 'same':
      return key;
    case 'null':
      return typeof key === 'string' ? key : key.windowed;
    case 'value':
      return value;
    case 'constant':
      return 'string';
    case 'first-letter-of-value':
    case 'part-of-value':
      return need(spec.fn, 'value', value, 'string');
    case 'base-key':
    case 'window-text':
      if (typeof key === 'string')
        throw new CaseError(`"${spec.fn}" takes a key that is windowed, not ${describeColumn(key)}`);
      return spec.fn === 'base-key' ? key.windowed : 'string';
  }
}

export function flatMappedValue(spec: FlatMapperSpec, value: Column): Column {
  return spec.fn === 'words' ? need(spec.fn, 'value', value, 'string') : value;
}

export function joinedValue(spec: JoinerSpec, left: Column, right: Column): Column {
  switch (spec.fn) {
    case 'concat':
    case 'concat-with-key':
      return 'string';
    case 'null-when-left-contains':
      return need(spec.fn, 'left value', left, 'string');
    case 'sum':
      need(spec.fn, 'left value', left, 'long');
      return need(spec.fn, 'right value', right, 'long');
  }
}

export function checkReducer(spec: ReducerSpec, value: Column): void {
  switch (spec.fn) {
    case 'concat':
    case 'remove':
    case 'null-when-contains':
      need(spec.fn, 'value', value, 'string');
      return;
    case 'sum':
    case 'difference':
      need(spec.fn, 'value', value, 'long');
      return;
    case 'first':
    case 'last':
    case 'max':
    case 'min':
      return;
  }
}

export function checkAggregator(spec: AggregatorSpec, value: Column, aggregate: Column): void {
  switch (spec.fn) {
    case 'append':
    case 'append-with-key':
    case 'remove':
      need(spec.fn, 'aggregate', aggregate, 'string');
      return;
    case 'null-when-contains':
      need(spec.fn, 'value', value, 'string');
      need(spec.fn, 'aggregate', aggregate, 'string');
      return;
    case 'add-length':
      need(spec.fn, 'value', value, 'string');
      need(spec.fn, 'aggregate', aggregate, 'long');
      return;
    case 'sum':
    case 'difference':
      need(spec.fn, 'value', value, 'long');
      need(spec.fn, 'aggregate', aggregate, 'long');
      return;
  }
}

export function checkMerger(spec: MergerSpec, aggregate: Column): void {
  need(spec.fn, 'aggregate', aggregate, spec.fn === 'sum' ? 'long' : 'string');
}
