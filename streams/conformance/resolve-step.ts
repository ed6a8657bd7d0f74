import { CaseError } from './case-error.ts';
import type { Step, StepOf } from './case-format.ts';
import { type Resolution, resolution, type Scope, type Thing } from './case-scope.ts';
import {
  type Column,
  checkPredicate,
  describeColumn,
  flatMappedValue,
  isSameColumn,
  joinedValue,
  mappedKey,
  mappedValue,
} from './column-types.ts';
import { processedTypes, transformedValue } from './processor-types.ts';
import { resolveAggregation } from './resolve-aggregation.ts';

/** The types around one step and what it makes. */
export function resolveStep(step: Step, scope: Scope): Resolution {
  switch (step.op) {
    case 'stream':
    case 'table':
    case 'globalTable':
      return resolveSource(step, scope);
    case 'store':
      return addStore(step, scope);
    case 'joinStreams':
    case 'joinTable':
    case 'joinGlobalTable':
    case 'joinTables':
    case 'joinByForeignKey':
      return resolveJoin(step, scope);
    case 'groupByKey':
    case 'groupBy':
    case 'groupTable':
    case 'cogroup':
    case 'windowedBy':
    case 'count':
    case 'reduce':
    case 'aggregate':
      return resolveAggregation(step, scope);
    case 'toTable':
    case 'toStream':
    case 'suppress':
    case 'transformValues':
      return resolveTableStep(step, scope);
    default:
      return resolveStateless(step, scope);
  }
}

function resolveSource(step: StepOf<'stream' | 'table' | 'globalTable'>, scope: Scope): Resolution {
  const { key, value } = step;
  for (const topic of step.op === 'stream' ? step.topics : [step.topic]) {
    const earlier = scope.sourceTopics.get(topic);
    if (earlier !== undefined && (earlier.key !== key || earlier.value !== value))
      throw new CaseError(`an earlier step reads the topic "${topic}" with other types`);
    scope.sourceTopics.set(topic, { key, value });
  }
  const kind = { stream: 'stream', table: 'table', globalTable: 'global table' } as const;
  const versioned = step.op === 'table' && isVersioned(step);
  return resolution(step, step.as, { kind: kind[step.op], key, value, versioned });
}

function addStore(step: StepOf<'store'>, scope: Scope): Resolution {
  const windowed = step.kind === 'window' || step.kind === 'timestamped-window';
  const kept = windowed || step.kind === 'session' || step.kind === 'versioned';
  if (windowed && step.size === undefined) throw new CaseError('a window store needs a "size"');
  if (kept && step.retention === undefined) throw new CaseError(`a ${step.kind} store needs a "retention"`);
  scope.stores.set(step.store, step);
  return { types: { key: step.key, value: step.value }, made: {} };
}

type StatelessStep = StepOf<
  | 'filter'
  | 'filterNot'
  | 'map'
  | 'mapValues'
  | 'flatMap'
  | 'flatMapValues'
  | 'selectKey'
  | 'peek'
  | 'branch'
  | 'merge'
  | 'repartition'
  | 'to'
  | 'toChosen'
  | 'process'
  | 'processValues'
>;

function resolveStateless(step: StatelessStep, scope: Scope): Resolution {
  if (step.op === 'filter' || step.op === 'filterNot' || step.op === 'mapValues')
    return resolveShared(step, scope);
  const input = scope.find(step.from, 'stream');
  const { key, value } = input;
  const stream = (outKey: Column, outValue: Column): Thing => ({
    kind: 'stream',
    key: outKey,
    value: outValue,
  });
  switch (step.op) {
    case 'map':
      return resolution(
        input,
        step.as,
        stream(mappedKey(step.key, key, value), mappedValue(step.value, value)),
      );
    case 'flatMap': {
      const each = flatMappedValue(step.each, value);
      return resolution(input, step.as, stream(mappedKey(step.key, key, each), each));
    }
    case 'flatMapValues':
      return resolution(input, step.as, stream(key, flatMappedValue(step.each, value)));
    case 'selectKey':
      return resolution(input, step.as, stream(mappedKey(step.key, key, value), value));
    case 'peek':
    case 'repartition':
      return resolution(input, step.as, stream(key, value));
    case 'branch': {
      for (const branch of step.branches) checkPredicate(branch.when, key, value);
      const names = [
        ...step.branches.map((branch) => branch.as),
        ...(step.otherwise ? [step.otherwise] : []),
      ];
      const made = Object.fromEntries(names.map((name) => [name, stream(key, value)]));
      if (Object.keys(made).length < names.length) throw new CaseError('two branches have the same name');
      return { types: { key, value }, made };
    }
    case 'merge': {
      const other = scope.find(step.with, 'stream');
      if (!isSameColumn(key, other.key) || !isSameColumn(value, other.value))
        throw new CaseError('the two streams have keys or values of different types');
      return resolution(input, step.as, stream(key, value));
    }
    case 'to':
      return { types: { key, value }, made: {} };
    case 'toChosen':
      if (value !== 'string') throw new CaseError(`"${step.topic.fn}" takes a value that is a string`);
      return { types: { key, value }, made: {} };
    case 'process':
    case 'processValues': {
      const out = processedTypes(step.processor, input, scope.stores, step.op === 'processValues');
      return resolution(input, step.as, stream(out.key, out.value));
    }
  }
}

/** The steps that streams and tables both have. */
function resolveShared(step: StepOf<'filter' | 'filterNot' | 'mapValues'>, scope: Scope): Resolution {
  const input = scope.find(step.from, 'stream', 'table');
  const { key, value, kind } = input;
  if (kind === 'stream' && step.store !== undefined)
    throw new CaseError('"store" is for tables, and this is a stream');
  const versioned = isVersioned(step, input.versioned);
  if (step.op === 'mapValues') {
    const untyped = kind === 'table' && step.store === undefined;
    const unreadable = input.unreadable === true && step.store === undefined;
    const made = { key, value: mappedValue(step.with, value) };
    const thing: Thing = { kind, ...made, untyped, unreadable, versioned };
    return resolution(input, step.as, thing, { kind });
  }
  checkPredicate(step.when, key, value);
  const untyped = input.untyped === true && step.store === undefined;
  const unreadable = input.unreadable === true && step.store === undefined;
  return resolution(input, step.as, { kind, key, value, untyped, unreadable, versioned }, { kind });
}

/** A step without a store of its own has the versions of the table before it. */
function isVersioned(
  {
    store,
    historyRetention,
  }: { readonly store?: string | undefined; readonly historyRetention?: number | undefined },
  before = false,
): boolean {
  if (historyRetention !== undefined && store === undefined)
    throw new CaseError('a versioned table needs the name of its "store"');
  return store === undefined ? before : historyRetention !== undefined;
}

type JoinStep = StepOf<'joinStreams' | 'joinTable' | 'joinGlobalTable' | 'joinTables' | 'joinByForeignKey'>;

function resolveJoin(step: JoinStep, scope: Scope): Resolution {
  const ofTables = step.op === 'joinTables' || step.op === 'joinByForeignKey';
  const input = scope.find(step.from, ofTables ? 'table' : 'stream');
  const wanted = { joinStreams: 'stream', joinGlobalTable: 'global table' } as const;
  const other = scope.find(
    step.with,
    step.op === 'joinStreams' || step.op === 'joinGlobalTable' ? wanted[step.op] : 'table',
  );
  const looksUp =
    step.op === 'joinGlobalTable'
      ? mappedKey(step.key, input.key, input.value)
      : step.op === 'joinByForeignKey'
        ? mappedKey(step.foreignKey, input.key, input.value)
        : input.key;
  if (!isSameColumn(looksUp, other.key)) {
    throw new CaseError(
      `the join looks up by ${describeColumn(looksUp)}, but "${step.with}" has ${describeColumn(other.key)} as key`,
    );
  }
  if (step.op === 'joinTable' && step.grace !== undefined && other.versioned !== true)
    throw new CaseError(`"grace" needs a versioned table: give "${step.with}" a "historyRetention"`);
  assertReadable(input, step.from);
  assertReadable(other, step.with);
  if (step.op === 'joinByForeignKey') assertTyped(input, step.from, other, step.with);
  const value = joinedValue(step.joiner, input.value, other.value);
  const untyped = ofTables && !('store' in step && step.store !== undefined);
  const versioned = (step.op === 'joinTables' || step.op === 'joinByForeignKey') && isVersioned(step);
  const thing: Thing = { kind: ofTables ? 'table' : 'stream', key: input.key, value, untyped, versioned };
  return resolution(input, step.as, thing, { otherKey: other.key, otherValue: other.value });
}

/** The values of both tables are sent over topics. */
function assertTyped(left: Thing, leftName: string, right: Thing, rightName: string): void {
  const name = left.untyped === true ? leftName : right.untyped === true ? rightName : null;
  if (name !== null)
    throw new CaseError(`the serdes of "${name}" are not known here: give the step that makes it a "store"`);
}

function assertReadable(thing: Thing, name: string): void {
  if (thing.unreadable === true)
    throw new CaseError(
      `Kafka Streams fails when it looks up rows of "${name}" (of cogrouped windows, or of a transformer with a ` +
        'store): put a "mapValues" with a "store" of its own between',
    );
}

function resolveTableStep(
  step: StepOf<'toTable' | 'toStream' | 'suppress' | 'transformValues'>,
  scope: Scope,
): Resolution {
  if (step.op === 'toTable') {
    const input = scope.find(step.from, 'stream');
    const { key, value } = input;
    const versioned = step.historyRetention !== undefined;
    return resolution(input, step.as, { kind: 'table', key, value, versioned });
  }
  const input = scope.find(step.from, 'table');
  if (step.op === 'toStream') {
    const key = step.key === undefined ? input.key : mappedKey(step.key, input.key, input.value);
    return resolution(input, step.as, { kind: 'stream', key, value: input.value });
  }
  if (step.op === 'transformValues') return resolveTransform(step, input, scope);
  if (step.until === 'window-closes' && typeof input.key === 'string')
    throw new CaseError(`"window-closes" needs a table of windows, and "${step.from}" has plain keys`);
  const { key, value, untyped = false, unreadable = false } = input;
  return resolution(input, step.as, { kind: 'table', key, value, untyped, unreadable });
}

function resolveTransform(step: StepOf<'transformValues'>, input: Thing, scope: Scope): Resolution {
  const { key } = input;
  const value = transformedValue(step.transformer, input, scope.stores);
  const untyped = step.store === undefined;
  // Where rows are looked up, Kafka Streams does not connect the transformer's store.
  const unreadable = untyped && (input.unreadable === true || 'store' in step.transformer);
  const versioned = isVersioned(step, input.versioned);
  return resolution(input, step.as, { kind: 'table', key, value, untyped, unreadable, versioned });
}
