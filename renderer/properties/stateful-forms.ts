import type { OperatorOf } from '#shared/design/operators/registry.ts';
import { joinWords } from '../strings/kafka-words.ts';
import { choices, expression, storeField, typeField } from './field-makers.ts';
import type { FieldSpec } from './field-spec.ts';
import { aggregateWindowFields, freshJoinWindow, joinWindowFields, suppressFields } from './window-fields.ts';

export const joinFields: readonly FieldSpec<OperatorOf<'join'>>[] = [
  {
    control: 'choice',
    field: 'inputs',
    label: 'Inputs',
    choices: choices(joinWords),
    read: (operator) => operator.inputs,
    write: (operator, inputs) => fitJoin({ ...operator, inputs: inputs as typeof operator.inputs }),
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
];

export const aggregateFields: readonly FieldSpec<OperatorOf<'aggregate'>>[] = [
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
    write: (operator, method) => fitAggregate({ ...operator, method: method as typeof operator.method }),
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
    write: (operator, over) => fitAggregate({ ...operator, over: over as typeof operator.over }),
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
  {
    ...expression<OperatorOf<'aggregate'>>('merge', 'Two sessions become', ['key', 'left', 'right'], {
      read: (operator) => operator.merge,
      write: (operator, merge) => ({ ...operator, merge }),
    }),
    when: mergesSessions,
  },
  {
    ...typeField<OperatorOf<'aggregate'>>('output', 'Type of the result', {
      read: (operator) => operator.output,
      write: (operator, output) => (output === undefined ? operator : { ...operator, output }),
    }),
    when: (operator) => operator.method !== 'count' || operator.output !== 'int',
  },
  ...aggregateWindowFields,
  ...suppressFields,
  storeField(),
];

/** What another kind of inputs has no use for goes; what it needs comes. */
function fitJoin(join: OperatorOf<'join'>): OperatorOf<'join'> {
  const { inputs } = join;
  const looksUp = inputs === 'streamGlobalTable' || inputs === 'foreignKey';
  return {
    ...join,
    on: looksUp ? join.on : undefined,
    window: inputs === 'streamStream' ? (join.window ?? freshJoinWindow) : undefined,
    graceMs: inputs === 'streamTable' ? join.graceMs : undefined,
  };
}

/** A count knows how to, and a reduction does as with any two values. */
function mergesSessions({ method, window }: OperatorOf<'aggregate'>): boolean {
  return method === 'aggregate' && window?.kind === 'session';
}

/** A count needs no expressions, a reduction no start, and only a table takes old values out; it has no windows. */
function fitAggregate(aggregate: OperatorOf<'aggregate'>): OperatorOf<'aggregate'> {
  const { method, over } = aggregate;
  return {
    ...aggregate,
    initial: method === 'aggregate' ? aggregate.initial : undefined,
    value: method === 'count' ? undefined : aggregate.value,
    subtract: method !== 'count' && over === 'table' ? aggregate.subtract : undefined,
    merge: mergesSessions(aggregate) ? aggregate.merge : undefined,
    window: over === 'table' ? undefined : aggregate.window,
    output: method === 'count' ? 'int' : aggregate.output,
  };
}

export const gatherFields: readonly FieldSpec<OperatorOf<'gather'>>[] = [
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
];
