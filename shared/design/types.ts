import { z } from 'zod';

/**
 * An id: stable for the life of what it names, unique in the whole design. Names of stores, changelogs and
 * repartition topics are made from ids, so an id never changes when something is renamed.
 */
export const Id = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,79}$/,
    'an id is lower-case letters, digits and hyphens, and starts with a letter',
  );

/** A name that Kafka accepts for a topic, a consumer group or an application id (249 characters at most). */
export const KafkaName = z
  .string()
  .min(1)
  .max(249)
  .regex(/^[a-zA-Z0-9._-]+$/, 'letters, digits, dots, underscores and hyphens only')
  .refine((name) => name !== '.' && name !== '..', 'cannot be . or ..');

/** The name of a field, a record type or a handler: an identifier in TypeScript, Java and CEL alike. */
export const Identifier = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, 'letters, digits and underscores, not starting with a digit');

export const scalarTypes = ['string', 'int', 'double', 'boolean', 'timestamp', 'bytes'] as const;
export type ScalarType = (typeof scalarTypes)[number];

/**
 * The type of a key, a value or a field. `int` is an integer within ±(2^53 − 1), the range that JSON readers
 * agree on (RFC 7493); `timestamp` is an instant in milliseconds since the epoch. `{ ref }` names a schema.
 */
export type TypeRef = ScalarType | { ref: string } | { list: TypeRef } | { map: TypeRef };
export const TypeRef: z.ZodType<TypeRef> = z.lazy(() =>
  z.union(
    [
      z.enum(scalarTypes),
      z.strictObject({ ref: Id }),
      z.strictObject({ list: TypeRef }),
      z.strictObject({ map: TypeRef }),
    ],
    `must be a type: ${scalarTypes.join(', ')}, {"ref": schema id}, {"list": type} or {"map": type}`,
  ),
);

/** A count of milliseconds. */
export const Millis = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/**
 * What an operator computes: a CEL expression as text, or a handler, a function of that name in the user's own
 * file. An empty expression is allowed in a design that is being drawn; the checks report it.
 */
export const Expression = z.union(
  [z.string().max(10_000), z.strictObject({ handler: Identifier })],
  'must be an expression (a text of at most 10000 characters) or {"handler": name of a function}',
);
export type Expression = z.infer<typeof Expression>;
