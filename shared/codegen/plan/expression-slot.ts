import type { Schema } from '../../design/design.ts';
import type { Expression, TypeRef } from '../../design/types.ts';
import type { ExpressionEnvironment } from '../../expressions/check-expression.ts';
import {
  createTypeResolver,
  type ExpressionType,
  nullable,
  recordOf,
  stringType,
  type TypeResolver,
  timestampType,
} from '../../expressions/expression-type.ts';

/** The type of a variable, where a schema's type is not enough. */
export type VariableType = TypeRef | { readonly nullable: TypeRef } | { readonly path: string } | 'window';

/** An expression of the design: what it is for, what it may use, what it must give. */
export interface ExpressionSlot {
  /** As a sentence names it: `condition`, `group’s key`. */
  readonly what: string;
  readonly variables: Readonly<Record<string, VariableType>>;
  readonly gives: TypeRef;
}

/** The slot as the expression language wants it. */
export function environmentOf(schemas: readonly Schema[], slot: ExpressionSlot): ExpressionEnvironment {
  const types = createTypeResolver(schemas);
  const variables = Object.entries(slot.variables).map(
    ([name, type]) => [name, variableType(types, type)] as const,
  );
  return {
    variables: Object.fromEntries(variables),
    expected: types.of(slot.gives),
    place: `the ${slot.what}`,
  };
}

function variableType(types: TypeResolver, type: VariableType): ExpressionType {
  if (type === 'window') return recordOf('Window', { start: timestampType, end: timestampType });
  if (typeof type === 'object' && 'nullable' in type) return nullable(types.of(type.nullable));
  if (typeof type === 'object' && 'path' in type) return parametersOf(type.path);
  return types.of(type);
}

/** The parameters of a gateway's path are known by name, so that a wrong one is found. */
function parametersOf(path: string): ExpressionType {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, stringType] as const);
  return recordOf(`the path ${path}`, Object.fromEntries(names));
}

export function isHandler(expression: Expression): expression is { handler: string } {
  return typeof expression === 'object';
}
