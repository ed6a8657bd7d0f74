import { z } from 'zod';

/**
 * The same value with the fields of every object in the order of its zod shape and the entries of every record
 * in the order of their keys, so that equal values are written as equal texts. Fields that are undefined go.
 */
export function inShapeOrder(shape: unknown, value: unknown): unknown {
  if (shape instanceof z.ZodOptional || shape instanceof z.ZodNullable) {
    return value === null ? null : inShapeOrder(shape.unwrap(), value);
  }
  if (shape instanceof z.ZodArray && Array.isArray(value)) {
    return value.map((each) => inShapeOrder(shape.element, each));
  }
  if (typeof value !== 'object' || value === null) return value;
  if (shape instanceof z.ZodObject) return fieldsInOrder(shape, { ...value });
  if (shape instanceof z.ZodRecord) return entriesInOrder(shape, { ...value });
  if (shape instanceof z.ZodDiscriminatedUnion) return inShapeOrder(optionFor(shape, { ...value }), value);
  return value;
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsInOrder(shape: z.ZodObject, value: Fields): unknown {
  const present = Object.entries(shape.shape).filter(([name]) => value[name] !== undefined);
  return Object.fromEntries(present.map(([name, field]) => [name, inShapeOrder(field, value[name])]));
}

function entriesInOrder(shape: z.ZodRecord, value: Fields): unknown {
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, inShapeOrder(shape.valueType, each)]));
}

const optionsByUnion = new WeakMap<z.ZodDiscriminatedUnion, ReadonlyMap<unknown, unknown>>();

function optionFor(union: z.ZodDiscriminatedUnion, value: Fields): unknown {
  const name = union.def.discriminator;
  let options = optionsByUnion.get(union);
  if (!options) {
    options = new Map(union.options.flatMap((option) => discriminatorsOf(option, name)));
    optionsByUnion.set(union, options);
  }
  return options.get(value[name]);
}

function discriminatorsOf(option: unknown, name: string): readonly (readonly [unknown, unknown])[] {
  const field = option instanceof z.ZodObject ? option.shape[name] : undefined;
  return field instanceof z.ZodLiteral ? [...field.values].map((value) => [value, option] as const) : [];
}
