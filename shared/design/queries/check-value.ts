import { assertNever } from '../../base/assert-never.ts';
import type { Design } from '../design.ts';
import type { ScalarType, TypeRef } from '../types.ts';
import { indexDesign } from './index-design.ts';

/**
 * Compares a JSON value from outside with a type of the design, and gives one sentence for each fault, in the
 * words that generated gateways use too. `path` says where the value was found; empty for the whole.
 */
export function checkValue(design: Design, type: TypeRef, value: unknown, path = ''): readonly string[] {
  if (typeof type === 'string')
    return scalarFits(type, value) ? [] : [expected(scalarWords[type], value, path)];
  if ('list' in type) {
    return Array.isArray(value)
      ? value.flatMap((item, index) => checkValue(design, type.list, item, `${path}[${index}]`))
      : [expected('a list', value, path)];
  }
  if ('map' in type) {
    return isObject(value)
      ? Object.entries(value).flatMap(([key, item]) => checkValue(design, type.map, item, within(path, key)))
      : [expected('an object', value, path)];
  }
  return checkSchema(design, type.ref, value, path);
}

function checkSchema(design: Design, id: string, value: unknown, path: string): readonly string[] {
  const schema = indexDesign(design).schemas.get(id);
  if (!schema) return [`${path || 'the whole'} has a type that the design does not know`];
  if (schema.kind === 'enum') {
    const fits = schema.symbols.some((symbol) => symbol === value);
    return fits ? [] : [expected(`one of ${schema.symbols.join(', ')}`, value, path)];
  }
  if (!isObject(value)) return [expected(`an object (${schema.name})`, value, path)];
  const known = new Set(schema.fields.map((field) => field.name));
  const faults = schema.fields.flatMap((field) => {
    const found = Object.hasOwn(value, field.name) ? value[field.name] : undefined;
    if (field.optional && (found === undefined || found === null)) return [];
    return checkValue(design, field.type, found, within(path, field.name));
  });
  const unknown = Object.keys(value).filter((name) => !known.has(name));
  return [...faults, ...unknown.map((name) => `${within(path, name)} is not a field of ${schema.name}`)];
}

const scalarWords: { readonly [T in ScalarType]: string } = {
  string: 'a text',
  int: 'a whole number',
  double: 'a number',
  boolean: 'true or false',
  timestamp: 'milliseconds since 1970',
  bytes: 'bytes in base 64',
};

const base64 = /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function scalarFits(type: ScalarType, value: unknown): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'int':
    case 'timestamp':
      return Number.isSafeInteger(value);
    case 'double':
      return Number.isFinite(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'bytes':
      return typeof value === 'string' && base64.test(value);
    default:
      return assertNever(type, 'scalar type');
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function within(path: string, field: string): string {
  return path === '' ? field : `${path}.${field}`;
}

function expected(what: string, value: unknown, path: string): string {
  const where = path === '' ? 'the whole' : path;
  if (value === undefined) return `${where} is missing`;
  const found = JSON.stringify(value) ?? String(value);
  return `${where} must be ${what}, not ${found.length > 60 ? `${found.slice(0, 57)}...` : found}`;
}
