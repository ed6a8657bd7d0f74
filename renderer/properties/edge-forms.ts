import type { OperatorOf } from '#shared/design/operators/registry.ts';
import { Identifier } from '#shared/design/types.ts';
import { answeredFields } from './answered-fields.tsx';
import { expression, externalField, pathField, topicField } from './field-makers.ts';
import type { FieldSpec } from './field-spec.ts';

export const sideEffectFields: readonly FieldSpec<OperatorOf<'sideEffect'>>[] = [
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
];

export const httpWriteFields: readonly FieldSpec<OperatorOf<'httpWrite'>>[] = [
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
];

export const httpQueryFields: readonly FieldSpec<OperatorOf<'httpQuery'>>[] = [
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
  answeredFields,
];
