import type { Design } from '#shared/design/design.ts';
import { indexDesign } from '#shared/design/queries/index-design.ts';
import type { TypeRef } from '#shared/design/types.ts';
import type { Json } from '#shared/expressions/typed-expression.ts';

/** Records inside records are followed this far; deeper ones, and rings of them, are left empty. */
const deepest = 6;

/** A value of a type to start from: every field there, each with the plainest value of its type. */
export function sampleValue(design: Design, type: TypeRef, name = 'value', depth = 0): Json {
  if (typeof type === 'string') {
    return scalars[type](name);
  }
  if ('list' in type) {
    return depth < deepest ? [sampleValue(design, type.list, name, depth + 1)] : [];
  }
  if ('map' in type) {
    return {};
  }
  const schema = indexDesign(design).schemas.get(type.ref);
  if (schema === undefined || depth >= deepest) {
    return null;
  }
  if (schema.kind === 'enum') {
    return schema.symbols[0] ?? null;
  }
  const required = schema.fields.filter((field) => field.optional !== true);
  return Object.fromEntries(
    required.map((field) => [field.name, sampleValue(design, field.type, field.name, depth + 1)]),
  );
}

const scalars = {
  string: (name) => (/id$/i.test(name) ? `${name.replace(/_?id$/i, '').toLowerCase() || 'my'}-1` : name),
  int: () => 1,
  double: () => 1.5,
  boolean: () => true,
  timestamp: () => 0,
  bytes: () => '',
} as const satisfies Readonly<Record<Extract<TypeRef, string>, (name: string) => Json>>;
