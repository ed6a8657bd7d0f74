import type { Design, External, Feed, Request, Schema, Topic, Wire } from './design.ts';
import { operatorReferences, type ReferenceSlot } from './operator-references.ts';
import type { Operator } from './operators/registry.ts';
import type { JsonPath } from './parse/json-path.ts';
import type { TypeRef } from './types.ts';

export type ReferenceKind = 'topic' | 'schema' | 'service' | 'operator' | 'external' | 'gateway';

/** One place in a design that names something else in it by id. */
export interface Reference {
  readonly kind: ReferenceKind;
  readonly id: string;
  /** The id of what holds the reference: a topic, an operator, a wire, a schema … */
  readonly holder: string;
  readonly path: JsonPath;
}

/** Every reference in a design, in the order of the file. */
export function referencesIn(design: Design): readonly Reference[] {
  return [
    ...design.schemas.flatMap((schema, at) => schemaReferences(schema, ['schemas', at])),
    ...design.topics.flatMap((topic, at) => topicReferences(topic, ['topics', at])),
    ...design.services.flatMap((service, at) => [
      ...service.operators.flatMap((operator, operatorAt) =>
        operatorReferencesOf(operator, ['services', at, 'operators', operatorAt]),
      ),
      ...service.wires.flatMap((wire, wireAt) => wireReferences(wire, ['services', at, 'wires', wireAt])),
    ]),
    ...design.externals.flatMap((external, at) => externalReferences(external, ['externals', at])),
    ...design.requests.flatMap((request, at) => requestReferences(request, ['requests', at])),
    ...design.feeds.flatMap((feed, at) => feedReferences(feed, ['feeds', at])),
  ];
}

export function schemaReferences(schema: Schema, path: JsonPath = []): readonly Reference[] {
  if (schema.kind === 'enum') return [];
  return schema.fields.flatMap((field, at) =>
    typeReferences(field.type, schema.id, [...path, 'fields', at, 'type']),
  );
}

export function topicReferences(topic: Topic, path: JsonPath = []): readonly Reference[] {
  return [
    ...typeReferences(topic.key.type, topic.id, [...path, 'key', 'type']),
    ...typeReferences(topic.value.type, topic.id, [...path, 'value', 'type']),
    ...(topic.ownership?.owners ?? []).map(({ service }, at) =>
      reference('service', service, topic.id, [...path, 'ownership', 'owners', at, 'service']),
    ),
  ];
}

export function operatorReferencesOf(operator: Operator, path: JsonPath = []): readonly Reference[] {
  const fields: Readonly<Record<string, unknown>> = { ...operator };
  return Object.entries(operatorReferences[operator.kind]).flatMap(([name, slot]) =>
    slotReferences(slot, fields[name], operator.id, [...path, name]),
  );
}

export function wireReferences(wire: Wire, path: JsonPath = []): readonly Reference[] {
  return [
    reference('operator', wire.from.operator, wire.id, [...path, 'from', 'operator']),
    reference('operator', wire.to.operator, wire.id, [...path, 'to', 'operator']),
  ];
}

export function externalReferences(external: External, path: JsonPath = []): readonly Reference[] {
  return [
    ...listReferences(external.writes, external.id, [...path, 'writes']),
    ...listReferences(external.reads, external.id, [...path, 'reads']),
  ];
}

export function requestReferences(request: Request, path: JsonPath = []): readonly Reference[] {
  return [
    reference('service', request.from, request.id, [...path, 'from']),
    reference('service', request.to, request.id, [...path, 'to']),
  ];
}

export function feedReferences(feed: Feed, path: JsonPath = []): readonly Reference[] {
  return 'topic' in feed.into
    ? [reference('topic', feed.into.topic, feed.id, [...path, 'into', 'topic'])]
    : [reference('gateway', feed.into.gateway, feed.id, [...path, 'into', 'gateway'])];
}

function slotReferences(
  slot: ReferenceSlot,
  value: unknown,
  holder: string,
  path: JsonPath,
): readonly Reference[] {
  if (value === null || value === undefined) return [];
  if (slot === 'type') return typeReferences(value as TypeRef, holder, path);
  if (slot === 'writesTopics') return listReferences(value as readonly string[], holder, path);
  const kind = slot === 'external' || slot === 'schema' ? slot : 'topic';
  return [reference(kind, String(value), holder, path)];
}

function typeReferences(type: TypeRef, holder: string, path: JsonPath): readonly Reference[] {
  if (typeof type === 'string') return [];
  if ('ref' in type) return [reference('schema', type.ref, holder, [...path, 'ref'])];
  return 'list' in type
    ? typeReferences(type.list, holder, [...path, 'list'])
    : typeReferences(type.map, holder, [...path, 'map']);
}

function listReferences(
  topics: readonly string[] | undefined,
  holder: string,
  path: JsonPath,
): readonly Reference[] {
  return (topics ?? []).map((topic, at) => reference('topic', topic, holder, [...path, at]));
}

function reference(kind: ReferenceKind, id: string, holder: string, path: JsonPath): Reference {
  return { kind, id, holder, path };
}
