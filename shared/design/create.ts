import { freeId } from '../base/ids.ts';
import { type Design, designFormat, designVersion, type Service, type Topic } from './design.ts';
import { type Operator, type OperatorKind, type OperatorOf, operatorRegistry } from './operators/registry.ts';
import { hasId } from './queries/all-ids.ts';

/** A design with nothing in it. */
export function emptyDesign(name: string): Design {
  return {
    format: designFormat,
    version: designVersion,
    name,
    schemas: [],
    topics: [],
    services: [],
    externals: [],
    requests: [],
    feeds: [],
    notes: [],
    layout: { nodes: {} },
  };
}

/**
 * An id made of a name, free in the design and among the ids given besides (of things that are about to be added
 * with it). The same design and name give the same id.
 */
export function newId(design: Design, base: string, besides: Iterable<string> = []): string {
  const reserved = new Set(besides);
  return freeId(base, { has: (id) => reserved.has(id) || hasId(design, id) });
}

/** An operator as it comes from the palette; a store of its own gets a name that no other store has. */
export function freshOperator<K extends OperatorKind>(kind: K, design: Design): OperatorOf<K>;
export function freshOperator(kind: OperatorKind, design: Design): Operator {
  const { title, fresh } = operatorRegistry[kind];
  const base = { id: newId(design, title), name: title };
  const fields = fresh();
  if (!('store' in fields)) return { ...base, ...fields };
  return { ...base, ...fields, store: freeStore(design, fields.store) };
}

export function freshTopic(design: Design, name = 'new-topic'): Topic {
  const id = newId(design, name);
  return {
    id,
    name: id,
    role: 'event',
    partitions: 4,
    replication: 3,
    cleanup: 'delete',
    retentionMs: 604_800_000,
    key: { type: 'string' },
    value: { type: 'string' },
  };
}

export function freshService(design: Design, name = 'New service'): Service {
  const id = newId(design, name);
  return {
    id,
    name,
    applicationId: id,
    guarantee: 'exactly_once',
    instances: 1,
    operators: [],
    wires: [],
  };
}

function freeStore(design: Design, base: string): string {
  const operators = design.services.flatMap((service) => service.operators);
  const taken = new Set(operators.map((operator) => ('store' in operator ? operator.store : '')));
  let store = base;
  for (let count = 2; taken.has(store); count += 1) store = `${base}${count}`;
  return store;
}
