import type { TimestampExtractor } from '../src/dsl-options.ts';
import type { Windowed } from '../src/state-stores.ts';
import { isLong, type Long, minus, plus } from './exact-long.ts';
import type {
  AggregatorSpec,
  FlatMapperSpec,
  JoinerSpec,
  KeyMapperSpec,
  MergerSpec,
  PredicateSpec,
  ReducerSpec,
  TimestampExtractorSpec,
  TopicChooserSpec,
  ValueMapperSpec,
} from './function-format.ts';

/*
 * The named functions of cases. Types were checked when the case was read, so a function that takes
 * strings gets strings or null.
 */

export type OfKeyAndValue<R> = (key: unknown, value: unknown) => R;
export type OfThree = (key: unknown, one: unknown, two: unknown) => unknown;

function isWindowed(value: unknown): value is Windowed<unknown> {
  return typeof value === 'object' && value !== null && 'window' in value;
}

/** Keys and values as text: null, windows and longs in the form Java writes them. */
export function show(value: unknown): string {
  return isWindowed(value)
    ? `${show(value.key)}@${value.window.start}/${value.window.end}`
    : String(value ?? null);
}

export function contains(value: unknown, text: string): boolean {
  return typeof value === 'string' && value.includes(text);
}

function startsWith(value: unknown, text: string): boolean {
  return typeof value === 'string' && value.startsWith(text);
}

function number(value: unknown): Long {
  return isLong(value) ? value : 0;
}

function removed(all: unknown, value: string): string | null {
  if (typeof all !== 'string') return null;
  const at = all.indexOf(value);
  return at < 0 ? all : all.slice(0, at) + all.slice(at + value.length);
}

function isAtLeast(one: unknown, two: unknown): boolean {
  return isLong(one) ? one >= number(two) : String(one) >= String(two);
}

export function predicate(spec: PredicateSpec): OfKeyAndValue<boolean> {
  switch (spec.fn) {
    case 'always':
      return () => true;
    case 'never':
      return () => false;
    case 'key-is-null':
      return (key) => key === null;
    case 'value-is-null':
      return (_key, value) => value === null;
    case 'key-starts-with':
      return (key) => startsWith(key, spec.text);
    case 'value-starts-with':
      return (_key, value) => startsWith(value, spec.text);
    case 'value-contains':
      return (_key, value) => contains(value, spec.text);
    case 'value-above':
      return (_key, value) => isLong(value) && value > spec.number;
  }
}

export function valueMapper(spec: ValueMapperSpec): OfKeyAndValue<unknown> {
  switch (spec.fn) {
    case 'same':
      return (_key, value) => value;
    case 'append':
      return (_key, value) => (value === null ? null : `${String(value)}${spec.text}`);
    case 'with-key':
      return (key, value) => `${show(key)}:${show(value)}`;
    case 'upper-case':
      return (_key, value) => (typeof value === 'string' ? value.toUpperCase() : null);
    case 'length':
      return (_key, value) => (typeof value === 'string' ? value.length : null);
    case 'to-text':
      return (_key, value) => (value === null ? null : show(value));
    case 'add':
      return (_key, value) => (value === null ? null : plus(number(value), spec.number));
    case 'constant':
      return () => spec.text;
    case 'null-when-contains':
      return (_key, value) => (contains(value, spec.text) ? null : value);
  }
}

export function keyMapper(spec: KeyMapperSpec): OfKeyAndValue<unknown> {
  switch (spec.fn) {
    case 'same':
      return (key) => key;
    case 'value':
      return (_key, value) => value;
    case 'first-letter-of-value':
      return (_key, value) => (typeof value === 'string' && value !== '' ? value.charAt(0) : null);
    case 'part-of-value':
      return (_key, value) =>
        typeof value === 'string' ? (value.split(spec.separator)[spec.index] ?? null) : null;
    case 'constant':
      return () => spec.text;
    case 'null':
      return () => null;
    case 'base-key':
      return (key) => (isWindowed(key) ? key.key : null);
    case 'window-text':
      return (key) => show(key);
  }
}

export function flatMapper(spec: FlatMapperSpec): OfKeyAndValue<unknown[]> {
  switch (spec.fn) {
    case 'words':
      return (_key, value) =>
        typeof value === 'string' ? value.split(' ').filter((word) => word !== '') : [];
    case 'repeat':
      return (_key, value) => Array.from({ length: spec.times }, () => value);
  }
}

export function joiner(spec: JoinerSpec): OfThree {
  switch (spec.fn) {
    case 'concat':
      return (_key, left, right) => `${show(left)}${spec.separator}${show(right)}`;
    case 'concat-with-key':
      return (key, left, right) => [show(key), show(left), show(right)].join(spec.separator);
    case 'null-when-left-contains':
      return (_key, left, right) => (contains(left, spec.text) ? null : `${show(left)}+${show(right)}`);
    case 'sum':
      return (_key, left, right) => plus(number(left), number(right));
  }
}

export function reducer(spec: ReducerSpec): (all: unknown, value: unknown) => unknown {
  switch (spec.fn) {
    case 'concat':
      return (all, value) => `${show(all)}${spec.separator}${show(value)}`;
    case 'first':
      return (all) => all;
    case 'last':
      return (_all, value) => value;
    case 'max':
      return (all, value) => (value === null || isAtLeast(all, value) ? all : value);
    case 'min':
      return (all, value) => (value === null || isAtLeast(value, all) ? all : value);
    case 'sum':
      return (all, value) => plus(number(all), number(value));
    case 'difference':
      return (all, value) => minus(number(all), number(value));
    case 'remove':
      return (all, value) => (value === null ? all : removed(all, show(value)));
    case 'null-when-contains':
      return (all, value) => (contains(value, spec.text) ? null : `${show(all)}${show(value)}`);
  }
}

export function aggregator(spec: AggregatorSpec): OfThree {
  const before = (all: unknown): string => (typeof all === 'string' ? all : '');
  switch (spec.fn) {
    case 'append':
      return (_key, value, all) => `${before(all)}${spec.separator}${show(value)}`;
    case 'append-with-key':
      return (key, value, all) => `${before(all)}${spec.separator}${show(key)}=${show(value)}`;
    case 'remove':
      return (_key, value, all) => removed(all, show(value));
    case 'sum':
      return (_key, value, all) => plus(number(all), number(value));
    case 'difference':
      return (_key, value, all) => minus(number(all), number(value));
    case 'add-length':
      return (_key, value, all) => plus(number(all), typeof value === 'string' ? value.length : 0);
    case 'null-when-contains':
      return (_key, value, all) => (contains(value, spec.text) ? null : `${before(all)}${show(value)}`);
  }
}

export function merger(spec: MergerSpec): OfThree {
  switch (spec.fn) {
    case 'concat':
      return (_key, one, two) => `${show(one)}${spec.separator}${show(two)}`;
    case 'sum':
      return (_key, one, two) => plus(number(one), number(two));
  }
}

export function topicChooser(spec: TopicChooserSpec): OfKeyAndValue<string> {
  return (_key, value) =>
    spec.cases.find((each) => startsWith(value, each.startsWith))?.topic ?? spec.otherwise;
}

const timestampExtractors: Readonly<Record<TimestampExtractorSpec['fn'], TimestampExtractor>> = {
  record: (record) => record.timestamp,
  'partition-time': (record, partitionTime) => Math.max(partitionTime, record.timestamp),
  'from-value': (record, _partitionTime, { value }) => {
    const found = /@(-?[0-9]{1,15})$/.exec(String(value));
    return found === null ? record.timestamp : Number(found[1]) + 0;
  },
};

/** The same function each time: streams of one topic must have the same. */
export function timestampExtractor(spec: TimestampExtractorSpec): TimestampExtractor {
  return timestampExtractors[spec.fn];
}
