import type { Design, External, Feed, NoteBox, Request, Schema, Service, Topic, Wire } from '../design.ts';
import type { Operator } from '../operators/registry.ts';

export interface PlacedOperator {
  readonly operator: Operator;
  readonly service: Service;
}

export interface PlacedWire {
  readonly wire: Wire;
  readonly service: Service;
}

/** Everything in a design, by id. */
export interface DesignIndex {
  readonly schemas: ReadonlyMap<string, Schema>;
  readonly topics: ReadonlyMap<string, Topic>;
  readonly services: ReadonlyMap<string, Service>;
  readonly operators: ReadonlyMap<string, PlacedOperator>;
  readonly wires: ReadonlyMap<string, PlacedWire>;
  readonly externals: ReadonlyMap<string, External>;
  readonly requests: ReadonlyMap<string, Request>;
  readonly feeds: ReadonlyMap<string, Feed>;
  readonly notes: ReadonlyMap<string, NoteBox>;
}

const indexes = new WeakMap<Design, DesignIndex>();

/** The index of a design; made once for each design object, which is never changed in place. */
export function indexDesign(design: Design): DesignIndex {
  const known = indexes.get(design);
  if (known) return known;
  const index: DesignIndex = {
    schemas: byId(design.schemas),
    topics: byId(design.topics),
    services: byId(design.services),
    operators: new Map(
      design.services.flatMap((service) =>
        service.operators.map((operator) => [operator.id, { operator, service }] as const),
      ),
    ),
    wires: new Map(
      design.services.flatMap((service) =>
        service.wires.map((wire) => [wire.id, { wire, service }] as const),
      ),
    ),
    externals: byId(design.externals),
    requests: byId(design.requests),
    feeds: byId(design.feeds),
    notes: byId(design.notes),
  };
  indexes.set(design, index);
  return index;
}

function byId<T extends { readonly id: string }>(things: readonly T[]): ReadonlyMap<string, T> {
  return new Map(things.map((thing) => [thing.id, thing]));
}
