import type { External, Feed, Request, Schema, Service, Topic, Wire } from './design.ts';
import { operatorReferences, type ReferenceSlot } from './operator-references.ts';
import { Operator } from './operators/registry.ts';
import type { ReferenceKind } from './references.ts';
import type { TypeRef } from './types.ts';

/** What a reference becomes: another id, or null when what it names is gone. */
export type Rewrite = (kind: ReferenceKind, id: string) => string | null;

/*
 * Each function gives its subject with every reference rewritten. A field that may be empty becomes null, an
 * entry of a list goes, a type that names a schema that is gone becomes `string`; what is nothing without its
 * reference (a wire, a request, a feed) becomes null itself.
 */

export function rewriteOperator(operator: Operator, rewrite: Rewrite): Operator {
  const fields: Readonly<Record<string, unknown>> = { ...operator };
  const rewritten = Object.entries(operatorReferences[operator.kind])
    .filter(([name]) => fields[name] !== undefined)
    .map(([name, slot]) => [name, rewriteSlot(slot, fields[name], rewrite)] as const);
  return Operator.parse({ ...fields, ...Object.fromEntries(rewritten) });
}

export function rewriteTopic(topic: Topic, rewrite: Rewrite): Topic {
  const key = { ...topic.key, type: rewriteType(topic.key.type, rewrite) };
  const value = { type: rewriteType(topic.value.type, rewrite) };
  if (!topic.ownership) return { ...topic, key, value };
  const owners = topic.ownership.owners.flatMap(({ service, types }) => {
    const id = rewrite('service', service);
    return id === null ? [] : [{ service: id, types }];
  });
  return { ...topic, key, value, ownership: { ...topic.ownership, owners } };
}

export function rewriteSchema(schema: Schema, rewrite: Rewrite): Schema {
  if (schema.kind === 'enum') return schema;
  const fields = schema.fields.map((field) => ({ ...field, type: rewriteType(field.type, rewrite) }));
  return { ...schema, fields };
}

/** Rewrites what the operators refer to and the ends of the wires; not the operators' own ids. */
export function rewriteService(service: Service, rewrite: Rewrite): Service {
  return {
    ...service,
    operators: service.operators.map((operator) => rewriteOperator(operator, rewrite)),
    wires: service.wires.flatMap((wire) => rewriteWire(wire, rewrite) ?? []),
  };
}

export function rewriteWire(wire: Wire, rewrite: Rewrite): Wire | null {
  const from = rewrite('operator', wire.from.operator);
  const to = rewrite('operator', wire.to.operator);
  if (from === null || to === null) return null;
  return { ...wire, from: { ...wire.from, operator: from }, to: { ...wire.to, operator: to } };
}

export function rewriteExternal(external: External, rewrite: Rewrite): External {
  const { writes, reads, ...rest } = external;
  return {
    ...rest,
    ...(writes && { writes: rewriteList(writes, rewrite) }),
    ...(reads && { reads: rewriteList(reads, rewrite) }),
  };
}

export function rewriteRequest(request: Request, rewrite: Rewrite): Request | null {
  const from = rewrite('service', request.from);
  const to = rewrite('service', request.to);
  return from === null || to === null ? null : { ...request, from, to };
}

export function rewriteFeed(feed: Feed, rewrite: Rewrite): Feed | null {
  if ('topic' in feed.into) {
    const topic = rewrite('topic', feed.into.topic);
    return topic === null ? null : { ...feed, into: { topic } };
  }
  const gateway = rewrite('gateway', feed.into.gateway);
  return gateway === null ? null : { ...feed, into: { gateway } };
}

function rewriteSlot(slot: ReferenceSlot, value: unknown, rewrite: Rewrite): unknown {
  if (value === null) return null;
  if (slot === 'type') return rewriteType(value as TypeRef, rewrite);
  if (slot === 'writesTopics') return rewriteList(value as readonly string[], rewrite);
  return rewrite(slot === 'external' || slot === 'schema' ? slot : 'topic', String(value));
}

function rewriteType(type: TypeRef, rewrite: Rewrite): TypeRef {
  if (typeof type === 'string') return type;
  if ('list' in type) return { list: rewriteType(type.list, rewrite) };
  if ('map' in type) return { map: rewriteType(type.map, rewrite) };
  const ref = rewrite('schema', type.ref);
  return ref === null ? 'string' : { ref };
}

function rewriteList(topics: readonly string[], rewrite: Rewrite): string[] {
  return topics.flatMap((topic) => rewrite('topic', topic) ?? []);
}
