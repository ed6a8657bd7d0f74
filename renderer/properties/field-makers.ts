import { HttpPath } from '#shared/design/operators/http-write.ts';
import { Identifier } from '#shared/design/types.ts';
import type { ExpressionSpec, FieldSpec, ReferenceSpec } from './field-spec.ts';

interface Lens<T, V> {
  readonly read: (thing: T) => V;
  readonly write: (thing: T, value: V) => T;
}

export function expression<T>(
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

export function typeField<T>(
  field: string,
  label: string,
  lens: Pick<Extract<FieldSpec<T>, { control: 'type' }>, 'read' | 'write'>,
): Extract<FieldSpec<T>, { control: 'type' }> {
  return { control: 'type', field, label, ...lens };
}

export function topicField<T extends { readonly topic: string | null }>(label: string): ReferenceSpec<T> {
  return {
    control: 'reference',
    to: 'topic',
    field: 'topic',
    label,
    read: (operator) => operator.topic,
    write: (operator, topic) => ({ ...operator, topic }),
  };
}

export function externalField<T extends { readonly external: string | null }>(
  label: string,
): ReferenceSpec<T> {
  return {
    control: 'reference',
    to: 'external',
    field: 'external',
    label,
    read: (operator) => operator.external,
    write: (operator, external) => ({ ...operator, external }),
  };
}

export function storeField<T extends { readonly store: string }>(): FieldSpec<T> {
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

export function pathField<T extends { readonly path: string }>(): FieldSpec<T> {
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

export function connectorClassField<T extends { readonly connectorClass: string }>(): FieldSpec<T> {
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

export function choices(words: Readonly<Record<string, string>>) {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}
