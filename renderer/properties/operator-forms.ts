import type { OperatorKind, OperatorOf } from '#shared/design/operators/registry.ts';
import { branchesField } from './branches-field.tsx';
import { connectorConfigField } from './config-fields.tsx';
import { httpQueryFields, httpWriteFields, sideEffectFields } from './edge-forms.ts';
import { connectorClassField, expression, externalField, topicField, typeField } from './field-makers.ts';
import type { FieldSpec } from './field-spec.ts';
import { routesField } from './reference-rows.tsx';
import { aggregateFields, gatherFields, joinFields } from './stateful-forms.ts';

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
  join: joinFields,
  aggregate: aggregateFields,
  gather: gatherFields,
  sink: [
    topicField('Writes to'),
    expression(
      'route',
      'Topic by record',
      ['key', 'value'],
      {
        read: (operator) => operator.route,
        write: (operator, route) => ({
          ...operator,
          route,
          routes: route === undefined ? undefined : operator.routes,
        }),
      },
      'Gives the topic’s name for each record. Left empty, every record goes to the topic above.',
    ),
    routesField,
  ],
  deadLetter: [topicField('Writes to')],
  sideEffect: sideEffectFields,
  httpWrite: httpWriteFields,
  httpQuery: httpQueryFields,
  connectorSource: [
    externalField('Copies from'),
    topicField('Writes to'),
    connectorClassField(),
    connectorConfigField(),
  ],
  connectorSink: [
    topicField('Reads'),
    externalField('Copies to'),
    connectorClassField(),
    connectorConfigField(),
  ],
};
