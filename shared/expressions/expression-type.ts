import { assertNever } from '../base/assert-never.ts';
import type { Schema } from '../design/design.ts';
import type { TypeRef } from '../design/types.ts';

export interface RecordField {
  readonly type: ExpressionType;
  readonly optional: boolean;
}

export interface RecordType {
  readonly kind: 'record';
  /** The schema's name, or null for a record that an expression made without a schema. */
  readonly name: string | null;
  readonly schema: string | null;
  readonly fields: ReadonlyMap<string, RecordField>;
}

export interface EnumType {
  readonly kind: 'enum';
  readonly name: string;
  readonly symbols: readonly string[];
}

/**
 * The type of an expression. `dyn` is checked at run time (the inspector's filters); `never` is the element of
 * an empty list; `duration` is a count of milliseconds that no field can hold.
 */
export type ExpressionType =
  | {
      readonly kind:
        | 'string'
        | 'int'
        | 'double'
        | 'boolean'
        | 'timestamp'
        | 'duration'
        | 'bytes'
        | 'null'
        | 'dyn'
        | 'never';
    }
  | EnumType
  | RecordType
  | { readonly kind: 'list'; readonly of: ExpressionType }
  | { readonly kind: 'map'; readonly of: ExpressionType }
  | { readonly kind: 'nullable'; readonly of: ExpressionType };

export const stringType: ExpressionType = { kind: 'string' };
export const intType: ExpressionType = { kind: 'int' };
export const doubleType: ExpressionType = { kind: 'double' };
export const booleanType: ExpressionType = { kind: 'boolean' };
export const timestampType: ExpressionType = { kind: 'timestamp' };
export const durationType: ExpressionType = { kind: 'duration' };
export const nullType: ExpressionType = { kind: 'null' };
export const dynType: ExpressionType = { kind: 'dyn' };
export const neverType: ExpressionType = { kind: 'never' };

export function listOf(of: ExpressionType): ExpressionType {
  return { kind: 'list', of };
}

export function mapOf(of: ExpressionType): ExpressionType {
  return { kind: 'map', of };
}

/** `T` or null; a field that may be missing reads as null. */
export function nullable(of: ExpressionType): ExpressionType {
  return of.kind === 'nullable' || of.kind === 'null' || of.kind === 'dyn' ? of : { kind: 'nullable', of };
}

export function withoutNull(type: ExpressionType): ExpressionType {
  return type.kind === 'nullable' ? type.of : type;
}

/** A record that is not a schema of the design, such as the parameters of a path. */
export function recordOf(name: string | null, fields: Readonly<Record<string, ExpressionType>>): RecordType {
  const entries = Object.entries(fields).map(
    ([field, type]) => [field, { type, optional: false }] satisfies [string, RecordField],
  );
  return { kind: 'record', name, schema: null, fields: new Map(entries) };
}

/** Turns the design's type references into types; each schema becomes one type, recursive ones included. */
export interface TypeResolver {
  of(ref: TypeRef): ExpressionType;
}

export function createTypeResolver(schemas: readonly Schema[]): TypeResolver {
  const byId = new Map(schemas.map((schema) => [schema.id, schema]));
  const made = new Map<string, ExpressionType>();
  const ofSchema = (id: string): ExpressionType => {
    const known = made.get(id);
    if (known) return known;
    const schema = byId.get(id);
    if (!schema) return dynType;
    if (schema.kind === 'enum') {
      const type: ExpressionType = { kind: 'enum', name: schema.name, symbols: schema.symbols };
      made.set(id, type);
      return type;
    }
    const fields = new Map<string, RecordField>();
    const type: ExpressionType = { kind: 'record', name: schema.name, schema: id, fields };
    made.set(id, type);
    for (const field of schema.fields) {
      fields.set(field.name, { type: of(field.type), optional: field.optional === true });
    }
    return type;
  };
  const of = (ref: TypeRef): ExpressionType => {
    if (typeof ref === 'string') return { kind: ref };
    if ('ref' in ref) return ofSchema(ref.ref);
    return 'list' in ref ? listOf(of(ref.list)) : mapOf(of(ref.map));
  };
  return { of };
}

/** The type in words that fit a sentence: `Order`, `list of int`, `string or null`. */
export function describeType(type: ExpressionType): string {
  switch (type.kind) {
    case 'enum':
      return type.name;
    case 'record':
      return type.name ?? 'a record';
    case 'list':
      return type.of.kind === 'never' ? 'an empty list' : `list of ${describeType(type.of)}`;
    case 'map':
      return type.of.kind === 'never' ? 'an empty map' : `map of ${describeType(type.of)}`;
    case 'nullable':
      return `${describeType(type.of)} or null`;
    case 'string':
    case 'int':
    case 'double':
    case 'boolean':
    case 'timestamp':
    case 'duration':
    case 'bytes':
    case 'null':
    case 'dyn':
    case 'never':
      return type.kind;
    default:
      return assertNever(type, 'expression type');
  }
}

/** Whether every value of `from` is a value of `to`. */
export function isAssignable(from: ExpressionType, to: ExpressionType): boolean {
  if (from === to || from.kind === 'dyn' || to.kind === 'dyn' || from.kind === 'never') return true;
  if (to.kind === 'nullable') {
    return from.kind === 'null' || isAssignable(withoutNull(from), to.of);
  }
  if (from.kind === 'enum') {
    return to.kind === 'string' || (to.kind === 'enum' && sameSymbols(from, to));
  }
  if (from.kind === 'list' && to.kind === 'list') return isAssignable(from.of, to.of);
  if (from.kind === 'map' && to.kind === 'map') return isAssignable(from.of, to.of);
  if (from.kind === 'record' && to.kind === 'record') return isAssignableRecord(from, to);
  return from.kind === to.kind && isScalar(from);
}

function isScalar(type: ExpressionType): boolean {
  return !('of' in type) && type.kind !== 'record' && type.kind !== 'enum';
}

function sameSymbols(from: EnumType, to: EnumType): boolean {
  return from.symbols.every((symbol) => to.symbols.includes(symbol));
}

/** Records of two schemas are different things; a record made by an expression has only its shape. */
function isAssignableRecord(from: RecordType, to: RecordType): boolean {
  if (from.schema !== null && to.schema !== null) return from.schema === to.schema;
  for (const [name, field] of to.fields) {
    const given = from.fields.get(name);
    if (!given) {
      if (!field.optional) return false;
      continue;
    }
    const givenType = given.optional ? nullable(given.type) : given.type;
    if (!isAssignable(givenType, field.optional ? nullable(field.type) : field.type)) return false;
  }
  return [...from.fields.keys()].every((name) => to.fields.has(name));
}
