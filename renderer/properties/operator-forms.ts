import { HttpPath } from '#shared/design/operators/http-write.ts';
import type { OperatorKind, OperatorOf } from '#shared/design/operators/registry.ts';
import { Identifier } from '#shared/design/types.ts';
import { joinWords } from '../strings/kafka-words.ts';
import { branchesField } from './branches-field.tsx';
import type { ExpressionSpec, FieldSpec, ReferenceSpec } from './field-spec.ts';
import { aggregateWindowFields, joinWindowFields, suppressFields } from './window-fields.ts';

type Fields<K extends OperatorKind> = readonly FieldSpec<OperatorOf<K>>[];

/** The fields of every kind of operator beside its name; a forgotten kind does not compile. */
export const operatorForms: { readonly [K in OperatorKind]: Fields<K> } = {
  stream: [topicField('Reads')],
  table: [topicField('Reads')],
  globalTable: [topicField('Reads')],
  filter: [
    expression('condition', 'Keep when', ['key', 'value'], {
      read: (operator) => operator.condition,
      write: (operator, condition) => ({ ...operator, condition: condition ?? '' }),
    }),
  ],
  map: [
    expression('value', 'New value', ['key', 'value'], {
      read: (operator) => operator.value,
      write: (operator, value) => ({ ...operator, value: value ?? '' }),
    }),
    typeField('output', 'Type of the value', {
      read: (operator) => operator.output,
      write: (operator, output) => (output === undefined ? operator : { ...operator, output }),
    }),
    expression(
      'key',
      'New key',
      ['key', 'value'],
      {
        read: (operator) => operator.key,
        write: (operator, key) =>
          key === undefined
            ? { ...operator, key, keyType: undefined }
            : { ...operator, key, keyType: operator.keyType ?? 'string' },
      },
      'Left empty, the key stays. A new key repartitions before the next join or aggregation.',
    ),
    {
      ...typeField<OperatorOf<'map'>>('keyType', 'Type of the key', {
        read: (operator) => operator.keyType,
        write: (operator, keyType) => ({ ...operator, keyType }),
      }),
      when: (operator) => operator.key !== undefined,
    },
  ],
  flatMap: [
    expression('values', 'List of values', ['key', 'value'], {
      read: (operator) => operator.values,
      write: (operator, values) => ({ ...operator, values: values ?? '' }),
    }),
    typeField('output', 'Type of each value', {
      read: (operator) => operator.output,
      write: (operator, output) => (output === undefined ? operator : { ...operator, output }),
    }),
  ],
  selectKey: [
    expression('key', 'New key', ['key', 'value'], {
      read: (operator) => operator.key,
      write: (operator, key) => ({ ...operator, key: key ?? '' }),
    }),
    typeField('keyType', 'Type of the key', {
      read: (operator) => operator.keyType,
      write: (operator, keyType) => (keyType === undefined ? operator : { ...operator, keyType }),
    }),
  ],
  branch: [branchesField],
  merge: [],
  repartition: [
    {
      control: 'number',
      field: 'partitions',
      label: 'Partitions',
      min: 1,
      max: 10_000,
      whole: true,
      emptyMeans: 'as upstream',
      read: (operator) => operator.partitions ?? null,
      write: (operator, partitions) => ({ ...operator, partitions: partitions ?? undefined }),
    },
  ],
  toStream: [
    expression(
      'key',
      'New key',
      ['key', 'value', 'window'],
      {
        read: (operator) => operator.key,
        write: (operator, key) =>
          key === undefined
            ? { ...operator, key, keyType: undefined }
            : { ...operator, key, keyType: operator.keyType ?? 'string' },
      },
      'Left empty, the table’s key stays.',
    ),
    {
      ...typeField<OperatorOf<'toStream'>>('keyType', 'Type of the key', {
        read: (operator) => operator.keyType,
        write: (operator, keyType) => ({ ...operator, keyType }),
      }),
      when: (operator) => operator.key !== undefined,
    },
  ],
  join: [
    {
      control: 'choice',
      field: 'inputs',
      label: 'Inputs',
      choices: choices(joinWords),
      read: (operator) => operator.inputs,
      write: (operator, inputs) => ({ ...operator, inputs: inputs as typeof operator.inputs }),
    },
    {
      control: 'segments',
      field: 'type',
      label: 'Kind',
      hint: 'Inner needs both sides; left keeps the left without a match; outer keeps both.',
      choices: [
        { value: 'inner', label: 'Inner' },
        { value: 'left', label: 'Left' },
        { value: 'outer', label: 'Outer' },
      ],
      read: (operator) => operator.type,
      write: (operator, type) => ({ ...operator, type: type as typeof operator.type }),
    },
    {
      ...expression<OperatorOf<'join'>>('on', 'Key looked up on the right', ['key', 'value'], {
        read: (operator) => operator.on,
        write: (operator, on) => ({ ...operator, on }),
      }),
      when: (operator) => operator.inputs === 'streamGlobalTable' || operator.inputs === 'foreignKey',
    },
    ...joinWindowFields,
    expression('value', 'Result', ['key', 'left', 'right'], {
      read: (operator) => operator.value,
      write: (operator, value) => ({ ...operator, value: value ?? '' }),
    }),
    typeField('output', 'Type of the result', {
      read: (operator) => operator.output,
      write: (operator, output) => (output === undefined ? operator : { ...operator, output }),
    }),
  ],
  aggregate: [
    {
      control: 'segments',
      field: 'method',
      label: 'Method',
      choices: [
        { value: 'count', label: 'Count' },
        { value: 'reduce', label: 'Reduce' },
        { value: 'aggregate', label: 'Aggregate' },
      ],
      read: (operator) => operator.method,
      write: (operator, method) => ({ ...operator, method: method as typeof operator.method }),
    },
    {
      control: 'segments',
      field: 'over',
      label: 'Over',
      choices: [
        { value: 'stream', label: 'A stream' },
        { value: 'table', label: 'A table' },
      ],
      read: (operator) => operator.over,
      write: (operator, over) => ({ ...operator, over: over as typeof operator.over }),
    },
    expression(
      'groupBy',
      'Group by',
      ['key', 'value'],
      {
        read: (operator) => operator.groupBy,
        write: (operator, groupBy) =>
          groupBy === undefined
            ? { ...operator, groupBy, groupKeyType: undefined }
            : { ...operator, groupBy, groupKeyType: operator.groupKeyType ?? 'string' },
      },
      'Left empty, each key is a group of its own and nothing is repartitioned.',
    ),
    {
      ...typeField<OperatorOf<'aggregate'>>('groupKeyType', 'Type of the group’s key', {
        read: (operator) => operator.groupKeyType,
        write: (operator, groupKeyType) => ({ ...operator, groupKeyType }),
      }),
      when: (operator) => operator.groupBy !== undefined,
    },
    {
      ...expression<OperatorOf<'aggregate'>>('initial', 'Starts from', [], {
        read: (operator) => operator.initial,
        write: (operator, initial) => ({ ...operator, initial }),
      }),
      when: (operator) => operator.method === 'aggregate',
    },
    {
      ...expression<OperatorOf<'aggregate'>>('value', 'Becomes', ['aggregate', 'key', 'value'], {
        read: (operator) => operator.value,
        write: (operator, value) => ({ ...operator, value }),
      }),
      when: (operator) => operator.method !== 'count',
    },
    {
      ...expression<OperatorOf<'aggregate'>>(
        'subtract',
        'Takes an old value out',
        ['aggregate', 'key', 'value'],
        {
          read: (operator) => operator.subtract,
          write: (operator, subtract) => ({ ...operator, subtract }),
        },
      ),
      when: (operator) => operator.over === 'table' && operator.method !== 'count',
    },
    typeField('output', 'Type of the result', {
      read: (operator) => operator.output,
      write: (operator, output) => (output === undefined ? operator : { ...operator, output }),
    }),
    ...aggregateWindowFields,
    ...suppressFields,
    storeField(),
  ],
  gather: [
    {
      control: 'choice',
      field: 'count',
      label: 'Waits for',
      choices: [
        { value: 'emitters', label: 'One answer from each service that writes them' },
        { value: 'number', label: 'A number of answers' },
      ],
      read: (operator) => (operator.count === 'emitters' ? 'emitters' : 'number'),
      write: (operator, count) => ({ ...operator, count: count === 'emitters' ? 'emitters' : 1 }),
    },
    {
      control: 'number',
      field: 'count',
      label: 'Answers',
      min: 1,
      max: 1_000,
      whole: true,
      when: (operator) => operator.count !== 'emitters',
      read: (operator) => (operator.count === 'emitters' ? null : operator.count),
      write: (operator, count) => (count === null ? operator : { ...operator, count }),
    },
    expression('itemId', 'An answer is told apart by', ['item'], {
      read: (operator) => operator.itemId,
      write: (operator, itemId) => ({ ...operator, itemId: itemId ?? '' }),
    }),
    expression(
      'until',
      'Ends early when',
      ['items'],
      {
        read: (operator) => operator.until,
        write: (operator, until) => ({ ...operator, until }),
      },
      'Left empty, it waits for all.',
    ),
    {
      control: 'duration',
      field: 'timeoutMs',
      label: 'Time-out',
      atLeastMs: 1,
      emptyMeans: 'never',
      read: (operator) => operator.timeoutMs ?? null,
      write: (operator, timeoutMs) => ({ ...operator, timeoutMs: timeoutMs ?? undefined }),
    },
    expression('value', 'Result', ['key', 'start', 'items', 'complete', 'timedOut'], {
      read: (operator) => operator.value,
      write: (operator, value) => ({ ...operator, value: value ?? '' }),
    }),
    typeField('output', 'Type of the result', {
      read: (operator) => operator.output,
      write: (operator, output) => (output === undefined ? operator : { ...operator, output }),
    }),
    storeField(),
  ],
  sink: [
    topicField('Writes to'),
    expression(
      'route',
      'Topic by record',
      ['key', 'value'],
      {
        read: (operator) => operator.route,
        write: (operator, route) => ({ ...operator, route }),
      },
      'Left empty, every record goes to the topic above.',
    ),
  ],
  deadLetter: [topicField('Writes to')],
  sideEffect: [
    {
      control: 'text',
      field: 'handler',
      label: 'Handler',
      hint: 'A function of this name in your own file.',
      mono: true,
      shape: Identifier,
      read: (operator) => operator.handler,
      write: (operator, handler) => ({ ...operator, handler }),
    },
    externalField('Acts on'),
    expression(
      'idempotenceKey',
      'Same attempt when equal',
      ['key', 'value'],
      {
        read: (operator) => operator.idempotenceKey,
        write: (operator, idempotenceKey) => ({ ...operator, idempotenceKey }),
      },
      'No transaction covers what happens outside Kafka; this tells two attempts at the same thing.',
    ),
  ],
  httpWrite: [
    {
      control: 'segments',
      field: 'method',
      label: 'Method',
      choices: [
        { value: 'POST', label: 'POST' },
        { value: 'PUT', label: 'PUT' },
      ],
      read: (operator) => operator.method,
      write: (operator, method) => ({ ...operator, method: method === 'PUT' ? 'PUT' : 'POST' }),
    },
    pathField(),
    {
      control: 'reference',
      to: 'schema',
      field: 'accepts',
      label: 'Body',
      read: (operator) => operator.accepts,
      write: (operator, accepts) => ({ ...operator, accepts }),
    },
    topicField('Writes to'),
    expression('key', 'Key', ['body', 'params', 'now'], {
      read: (operator) => operator.key,
      write: (operator, key) => ({ ...operator, key: key ?? '' }),
    }),
    expression('value', 'Value', ['body', 'params', 'now'], {
      read: (operator) => operator.value,
      write: (operator, value) => ({ ...operator, value: value ?? '' }),
    }),
  ],
  httpQuery: [
    pathField(),
    expression('key', 'Key looked up', ['params'], {
      read: (operator) => operator.key,
      write: (operator, key) => ({ ...operator, key: key ?? '' }),
    }),
    expression(
      'waitUntil',
      'Waits until',
      ['key', 'value'],
      {
        read: (operator) => operator.waitUntil,
        write: (operator, waitUntil) => ({
          ...operator,
          waitUntil,
          waitAtMostMs: waitUntil === undefined ? undefined : (operator.waitAtMostMs ?? 10_000),
        }),
      },
      'Left empty, it answers at once with what the table holds.',
    ),
    {
      control: 'duration',
      field: 'waitAtMostMs',
      label: 'Waits at most',
      atLeastMs: 1,
      when: (operator) => operator.waitUntil !== undefined,
      read: (operator) => operator.waitAtMostMs ?? null,
      write: (operator, waitAtMostMs) => ({ ...operator, waitAtMostMs: waitAtMostMs ?? undefined }),
    },
  ],
  connectorSource: [externalField('Copies from'), topicField('Writes to'), connectorClassField()],
  connectorSink: [topicField('Reads'), externalField('Copies to'), connectorClassField()],
};

interface Lens<T, V> {
  readonly read: (thing: T) => V;
  readonly write: (thing: T, value: V) => T;
}

function expression<T>(
  field: string,
  label: string,
  variables: readonly string[],
  lens: Lens<T, ExpressionValue<T>>,
  hintWhenOptional?: string,
): ExpressionSpec<T> {
  return {
    control: 'expression',
    field,
    label,
    variables,
    ...lens,
    ...(hintWhenOptional === undefined ? {} : { hint: hintWhenOptional, optional: true }),
  };
}

type ExpressionValue<T> = ReturnType<ExpressionSpec<T>['read']>;

function typeField<T>(
  field: string,
  label: string,
  lens: Pick<Extract<FieldSpec<T>, { control: 'type' }>, 'read' | 'write'>,
): Extract<FieldSpec<T>, { control: 'type' }> {
  return { control: 'type', field, label, ...lens };
}

function topicField<T extends { readonly topic: string | null }>(label: string): ReferenceSpec<T> {
  return {
    control: 'reference',
    to: 'topic',
    field: 'topic',
    label,
    read: (operator) => operator.topic,
    write: (operator, topic) => ({ ...operator, topic }),
  };
}

function externalField<T extends { readonly external: string | null }>(label: string): ReferenceSpec<T> {
  return {
    control: 'reference',
    to: 'external',
    field: 'external',
    label,
    read: (operator) => operator.external,
    write: (operator, external) => ({ ...operator, external }),
  };
}

function storeField<T extends { readonly store: string }>(): FieldSpec<T> {
  return {
    control: 'text',
    field: 'store',
    label: 'State store',
    hint: 'The name to query it by; its changelog topic is named after the operator’s id.',
    mono: true,
    shape: Identifier,
    read: (operator) => operator.store,
    write: (operator, store) => ({ ...operator, store }),
  };
}

function pathField<T extends { readonly path: string }>(): FieldSpec<T> {
  return {
    control: 'text',
    field: 'path',
    label: 'Path',
    mono: true,
    shape: HttpPath,
    read: (operator) => operator.path,
    write: (operator, path) => ({ ...operator, path }),
  };
}

function connectorClassField<T extends { readonly connectorClass: string }>(): FieldSpec<T> {
  return {
    control: 'text',
    field: 'connectorClass',
    label: 'Connector class',
    mono: true,
    placeholder: 'io.example.SourceConnector',
    read: (operator) => operator.connectorClass,
    write: (operator, connectorClass) => ({ ...operator, connectorClass }),
  };
}

function choices(words: Readonly<Record<string, string>>) {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}
