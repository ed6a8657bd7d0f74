import fc from 'fast-check';
import { assertNever } from '../../base/assert-never.ts';
import { joinInputs } from '../operators/join.ts';
import { type Operator, type OperatorKind, type OperatorOf, operatorKinds } from '../operators/registry.ts';
import { type Expression, scalarTypes, type TypeRef } from '../types.ts';
import type { AggregationWindow, Suppress } from '../windows.ts';

/** The ids that a generated part of a design may refer to. */
export interface World {
  readonly schemas: readonly string[];
  readonly topics: readonly string[];
  readonly services: readonly string[];
  readonly externals: readonly string[];
}

/** A record whose fields named are always there, and the others sometimes. */
export function recordOf<T extends object>(
  model: { readonly [F in keyof T]-?: fc.Arbitrary<Exclude<T[F], undefined>> },
  required: readonly (keyof T)[],
): fc.Arbitrary<T> {
  const requiredKeys = [...required] as Extract<keyof T, string>[];
  return fc.record(model, { requiredKeys, noNullPrototype: true }) as unknown as fc.Arbitrary<T>;
}

export const anyText = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
export const anyExpression: fc.Arbitrary<Expression> = fc.oneof(
  fc.constantFrom('', 'value.id', 'value.state == "CREATED" && key != null'),
  anyText,
  fc.record({ handler: fc.constantFrom('decide', 'sendReceipt') }, { noNullPrototype: true }),
);
export const anyMillis = fc.integer({ min: 1, max: 10_000_000 });
export const anyConfig = fc.dictionary(
  fc.constantFrom('10', '9', 'min.insync.replicas', 'tasks.max', 'a b'),
  anyText,
  { noNullPrototype: true },
);
const anyStore = fc.constantFrom('counts', 'waiting', 'spend');
const anyPath = fc.constantFrom('/orders', '/orders/{id}', '/a/{b}/c');

/** A type that names only schemas of the world. */
export function arbitraryType(world: World): fc.Arbitrary<TypeRef> {
  const scalar: fc.Arbitrary<TypeRef> = fc.constantFrom(...scalarTypes);
  const ref: fc.Arbitrary<TypeRef> =
    world.schemas.length === 0 ? scalar : fc.constantFrom(...world.schemas).map((id) => ({ ref: id }));
  const plain = fc.oneof(scalar, ref);
  return fc.oneof(
    plain,
    plain.map((list): TypeRef => ({ list })),
    plain.map((inner): TypeRef => ({ map: { list: inner } })),
  );
}

export function oneOrNull(ids: readonly string[]): fc.Arbitrary<string | null> {
  return fc.constantFrom(null, ...ids);
}

/** Any operator of any kind, with a given id, whose references hold in the world. */
export function arbitraryOperator(world: World, id: string): fc.Arbitrary<Operator> {
  return fc.constantFrom(...operatorKinds).chain((kind) => arbitraryOperatorOf(world, id, kind));
}

export function arbitraryOperatorOf<K extends OperatorKind>(
  world: World,
  id: string,
  kind: K,
): fc.Arbitrary<Operator> {
  const fields: fc.Arbitrary<Omit<OperatorOf<K>, 'id' | 'name' | 'note' | 'kind'>> =
    fieldsByKind[kind](world);
  const base = recordOf<{ name: string; note?: string }>({ name: anyText, note: anyText }, ['name']);
  return fc
    .tuple(base, fields)
    .map(([named, own]) => ({ id, ...named, kind, ...own }) as unknown as Operator);
}

type FieldsByKind = {
  readonly [K in OperatorKind]: (
    world: World,
  ) => fc.Arbitrary<Omit<OperatorOf<K>, 'id' | 'name' | 'note' | 'kind'>>;
};

const topicOnly = (world: World) =>
  recordOf<{ topic: string | null }>({ topic: oneOrNull(world.topics) }, ['topic']);
const nothing = () => fc.constant({});
const connector = (world: World) =>
  recordOf<Omit<OperatorOf<'connectorSource'>, 'id' | 'name' | 'note' | 'kind'>>(
    {
      external: oneOrNull(world.externals),
      topic: oneOrNull(world.topics),
      connectorClass: anyText,
      config: anyConfig,
    },
    ['external', 'topic', 'connectorClass', 'config'],
  );

const fieldsByKind: FieldsByKind = {
  stream: topicOnly,
  table: topicOnly,
  globalTable: topicOnly,
  deadLetter: topicOnly,
  merge: nothing,
  connectorSource: connector,
  connectorSink: connector,
  filter: () => recordOf({ condition: anyExpression }, ['condition']),
  map: (world) =>
    recordOf(
      {
        value: anyExpression,
        output: arbitraryType(world),
        key: anyExpression,
        keyType: arbitraryType(world),
      },
      ['value', 'output'],
    ),
  flatMap: (world) => recordOf({ values: anyExpression, output: arbitraryType(world) }, ['values', 'output']),
  selectKey: (world) => recordOf({ key: anyExpression, keyType: arbitraryType(world) }, ['key', 'keyType']),
  branch: () => {
    const branch = fc.record(
      { id: fc.constantFrom('first', 'big', 'small', 'rest'), name: anyText, condition: anyExpression },
      { noNullPrototype: true },
    );
    return recordOf(
      { branches: fc.uniqueArray(branch, { selector: ({ id }) => id, minLength: 1, maxLength: 3 }) },
      ['branches'],
    );
  },
  repartition: () => recordOf({ partitions: fc.integer({ min: 1, max: 100 }) }, []),
  toStream: (world) => recordOf({ key: anyExpression, keyType: arbitraryType(world) }, []),
  join: (world) =>
    recordOf(
      {
        inputs: fc.constantFrom(...joinInputs),
        type: fc.constantFrom('inner' as const, 'left' as const, 'outer' as const),
        on: anyExpression,
        window: fc.record(
          { beforeMs: anyMillis, afterMs: anyMillis, graceMs: anyMillis },
          { noNullPrototype: true },
        ),
        graceMs: anyMillis,
        value: anyExpression,
        output: arbitraryType(world),
      },
      ['inputs', 'type', 'value', 'output'],
    ),
  aggregate: (world) =>
    recordOf(
      {
        over: fc.constantFrom('stream' as const, 'table' as const),
        groupBy: anyExpression,
        groupKeyType: arbitraryType(world),
        method: fc.constantFrom('count' as const, 'reduce' as const, 'aggregate' as const),
        initial: anyExpression,
        value: anyExpression,
        subtract: anyExpression,
        merge: anyExpression,
        output: arbitraryType(world),
        window: fc.constantFrom('tumbling', 'hopping', 'sliding', 'session').chain(arbitraryWindow),
        suppress: anySuppress,
        store: anyStore,
      },
      ['over', 'method', 'output', 'store'],
    ),
  gather: (world) =>
    recordOf(
      {
        count: fc.oneof(fc.constant('emitters' as const), fc.integer({ min: 1, max: 9 })),
        itemId: anyExpression,
        until: anyExpression,
        timeoutMs: anyMillis,
        value: anyExpression,
        output: arbitraryType(world),
        store: anyStore,
      },
      ['count', 'itemId', 'value', 'output', 'store'],
    ),
  sink: (world) =>
    recordOf(
      { topic: oneOrNull(world.topics), route: anyExpression, routes: fc.subarray([...world.topics]) },
      ['topic'],
    ),
  sideEffect: (world) =>
    recordOf(
      {
        handler: fc.constantFrom('sendReceipt', 'book'),
        external: oneOrNull(world.externals),
        idempotenceKey: anyExpression,
      },
      ['handler', 'external'],
    ),
  httpWrite: (world) =>
    recordOf(
      {
        method: fc.constantFrom('POST' as const, 'PUT' as const),
        path: anyPath,
        accepts: oneOrNull(world.schemas),
        topic: oneOrNull(world.topics),
        key: anyExpression,
        value: anyExpression,
      },
      ['method', 'path', 'accepts', 'topic', 'key', 'value'],
    ),
  httpQuery: () =>
    recordOf(
      {
        path: anyPath,
        key: anyExpression,
        waitUntil: anyExpression,
        waitAtMostMs: fc.integer({ min: 1, max: 600_000 }),
        fields: fc.array(anyText, { maxLength: 3 }),
      },
      ['path', 'key'],
    ),
};

const anySuppress: fc.Arbitrary<Suppress> = fc.oneof(
  fc.constantFrom({ kind: 'onWindowClose' as const }, { kind: 'untilWindowCloses' as const }),
  recordOf<Extract<Suppress, { kind: 'untilTimeLimit' }>>(
    {
      kind: fc.constant('untilTimeLimit' as const),
      waitMs: anyMillis,
      maxRecords: fc.integer({ min: 1, max: 9 }),
    },
    ['kind', 'waitMs'],
  ),
);

function arbitraryWindow(kind: AggregationWindow['kind']): fc.Arbitrary<AggregationWindow> {
  return fc.tuple(anyMillis, anyMillis).map(([long, graceMs]): AggregationWindow => {
    switch (kind) {
      case 'tumbling':
        return { kind, sizeMs: long, graceMs };
      case 'hopping':
        return { kind, sizeMs: long, advanceMs: long, graceMs };
      case 'sliding':
        return { kind, differenceMs: long, graceMs };
      case 'session':
        return { kind, gapMs: long, graceMs };
      default:
        return assertNever(kind, 'window');
    }
  });
}
