import type { Design, Service } from './design.ts';
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
    ...design.schemas.flatMap((schema, at) =>
      schema.kind === 'record'
        ? schema.fields.flatMap((field, fieldAt) =>
            typeReferences(field.type, schema.id, ['schemas', at, 'fields', fieldAt, 'type']),
          )
        : [],
    ),
    ...design.topics.flatMap((topic, at) => [
      ...typeReferences(topic.key.type, topic.id, ['topics', at, 'key', 'type']),
      ...typeReferences(topic.value.type, topic.id, ['topics', at, 'value', 'type']),
      ...(topic.ownership?.owners ?? []).map(({ service }, ownerAt) =>
        reference('service', service, topic.id, ['topics', at, 'ownership', 'owners', ownerAt, 'service']),
      ),
    ]),
    ...design.services.flatMap((service, at) => serviceReferences(service, ['services', at])),
    ...design.externals.flatMap((external, at) => [
      ...listReferences(external.writes, external.id, ['externals', at, 'writes']),
      ...listReferences(external.reads, external.id, ['externals', at, 'reads']),
    ]),
    ...design.requests.flatMap((request, at) => [
      reference('service', request.from, request.id, ['requests', at, 'from']),
      reference('service', request.to, request.id, ['requests', at, 'to']),
    ]),
    ...design.feeds.map((feed, at) =>
      'topic' in feed.into
        ? reference('topic', feed.into.topic, feed.id, ['feeds', at, 'into', 'topic'])
        : reference('gateway', feed.into.gateway, feed.id, ['feeds', at, 'into', 'gateway']),
    ),
  ];
}

function serviceReferences(service: Service, path: JsonPath): readonly Reference[] {
  return [
    ...service.operators.flatMap((operator, at) =>
      operatorReferencesOf(operator, [...path, 'operators', at]),
    ),
    ...service.wires.flatMap((wire, at) => [
      reference('operator', wire.from.operator, wire.id, [...path, 'wires', at, 'from', 'operator']),
      reference('operator', wire.to.operator, wire.id, [...path, 'wires', at, 'to', 'operator']),
    ]),
  ];
}

function operatorReferencesOf(operator: Operator, path: JsonPath): readonly Reference[] {
  const fields: Readonly<Record<string, unknown>> = { ...operator };
  return Object.entries(operatorReferences[operator.kind]).flatMap(([name, slot]) =>
    slotReferences(slot, fields[name], operator.id, [...path, name]),
  );
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
