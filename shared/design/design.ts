import { z } from 'zod';
import { Operator } from './operators/registry.ts';
import { Expression, Id, Identifier, KafkaName, Millis, TypeRef } from './types.ts';

export const designFormat = 'millstream-design';
export const designVersion = 1;

/** How many of each a design may hold; a file or a command that goes beyond is refused. */
export const designLimits = {
  schemas: 2_000,
  topics: 20_000,
  services: 2_000,
  externals: 1_000,
  requests: 5_000,
  feeds: 1_000,
  notes: 1_000,
  operatorsInService: 500,
  wiresInService: 2_000,
} as const;

const Name = z.string().min(1).max(120);
const Note = z.string().max(2_000).optional();

export const Field = z.strictObject({
  name: Identifier,
  type: TypeRef,
  optional: z.boolean().optional(),
  note: Note,
});
export type Field = z.infer<typeof Field>;

/** A record or an enumeration. `name` is the type's name in generated code. */
export const Schema = z.discriminatedUnion('kind', [
  z.strictObject({
    id: Id,
    name: Identifier,
    kind: z.literal('record'),
    fields: z.array(Field).max(500),
    note: Note,
  }),
  z.strictObject({
    id: Id,
    name: Identifier,
    kind: z.literal('enum'),
    symbols: z.array(Identifier).min(1).max(500),
    note: Note,
  }),
]);
export type Schema = z.infer<typeof Schema>;

export const topicRoles = ['event', 'command', 'state', 'deadLetter'] as const;
export type TopicRole = (typeof topicRoles)[number];

/** How bytes are read. `auto`: string as UTF-8, int as an 8-byte big-endian long, anything else as JSON. */
export const keyFormats = ['auto', 'string', 'long', 'json'] as const;

export const Topic = z.strictObject({
  id: Id,
  name: KafkaName,
  role: z.enum(topicRoles),
  partitions: z.number().int().min(1).max(100_000),
  replication: z.number().int().min(1).max(32_767),
  cleanup: z.enum(['delete', 'compact', 'compact,delete']),
  /** Milliseconds; null keeps records for ever (`retention.ms=-1`). */
  retentionMs: Millis.nullable(),
  /** The system can be rebuilt from this topic; its records must not expire. */
  sourceOfTruth: z.boolean().optional(),
  /** Internal to its owner: other services must not read it. */
  private: z.boolean().optional(),
  key: z.strictObject({ type: TypeRef, format: z.enum(keyFormats).optional() }),
  value: z.strictObject({ type: TypeRef }),
  /** Further topic configuration, as Kafka spells it. */
  config: z.record(z.string(), z.string()).optional(),
  /** Which service writes which event types; `field` is the value's field that tells the type. */
  ownership: z
    .strictObject({
      field: Identifier.optional(),
      owners: z.array(z.strictObject({ service: Id, types: z.array(z.string().min(1)) })),
    })
    .optional(),
  note: Note,
});
export type Topic = z.infer<typeof Topic>;

/** A connection inside a service, from an operator's output to an operator's input. */
export const Wire = z.strictObject({
  id: Id,
  from: z.strictObject({ operator: Id, port: z.string().min(1) }),
  to: z.strictObject({ operator: Id, port: z.string().min(1) }),
});
export type Wire = z.infer<typeof Wire>;

export const Service = z.strictObject({
  id: Id,
  name: Name,
  applicationId: KafkaName,
  guarantee: z.enum(['at_least_once', 'exactly_once']),
  instances: z.number().int().min(1).max(1_000),
  team: Name.optional(),
  operators: z.array(Operator).max(designLimits.operatorsInService),
  wires: z.array(Wire).max(designLimits.wiresInService),
  note: Note,
});
export type Service = z.infer<typeof Service>;

/** A system that is not on Kafka, or not ours: it may write topics, read them, or be called by a side effect. */
export const External = z.strictObject({
  id: Id,
  name: Name,
  kind: z.enum(['database', 'http', 'mail', 'person', 'other']),
  writes: z.array(Id).optional(),
  reads: z.array(Id).optional(),
  note: Note,
});
export type External = z.infer<typeof External>;

/** A synchronous call from one service to another: request and answer, outside Kafka. */
export const Request = z.strictObject({ id: Id, from: Id, to: Id, note: Note });
export type Request = z.infer<typeof Request>;

/**
 * Records made for the sandbox, the tests and a first run, in place of the world outside: the records of an
 * external system's topic, or the requests to an HTTP gateway. `key` and `value` (for a gateway, the body) are
 * CEL over `n`, the record's number from 0, so that a feed gives the same records each time.
 */
export const Feed = z.strictObject({
  id: Id,
  name: Name,
  into: z.union(
    [z.strictObject({ topic: Id }), z.strictObject({ gateway: Id })],
    'must be {"topic": topic id} or {"gateway": id of an HTTP write operator}',
  ),
  key: Expression.optional(),
  value: Expression,
  /** Records a second; 0: all of `count` at once at the start. */
  perSecond: z.number().min(0).max(100_000),
  /** How long after the start the first record comes, in milliseconds. */
  startAfterMs: Millis.optional(),
  /** How many in all; absent: no end. */
  count: z.number().int().min(1).optional(),
});
export type Feed = z.infer<typeof Feed>;

export const NoteBox = z.strictObject({ id: Id, text: z.string().max(10_000) });
export type NoteBox = z.infer<typeof NoteBox>;

export const Box = z.strictObject({
  x: z.number(),
  y: z.number(),
  width: z.number().min(1).optional(),
  height: z.number().min(1).optional(),
});
export type Box = z.infer<typeof Box>;

/** Where things stand on the canvas, apart from what they are: a move changes only this part of the file. */
export const Layout = z.strictObject({ nodes: z.record(z.string(), Box) });
export type Layout = z.infer<typeof Layout>;

/** A whole design: one `*.millstream.json` file, format version 1. */
export const Design = z.strictObject({
  format: z.literal(designFormat),
  version: z.literal(designVersion),
  name: Name,
  note: Note,
  schemas: z.array(Schema).max(designLimits.schemas),
  topics: z.array(Topic).max(designLimits.topics),
  services: z.array(Service).max(designLimits.services),
  externals: z.array(External).max(designLimits.externals),
  requests: z.array(Request).max(designLimits.requests),
  feeds: z.array(Feed).max(designLimits.feeds),
  notes: z.array(NoteBox).max(designLimits.notes),
  layout: Layout,
});
export type Design = z.infer<typeof Design>;
