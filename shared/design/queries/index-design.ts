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

/**
 * The index of a design; made once for each design object, which is never changed in place. Lists that a design
 * shares with the one before it share their maps too, so that a small change costs little.
 */
export function indexDesign(design: Design): DesignIndex {
  const known = indexes.get(design);
  if (known) return known;
  const index: DesignIndex = {
    schemas: byId(design.schemas),
    topics: byId(design.topics),
    services: byId(design.services),
    operators: placedOperators(design.services),
    wires: placedWires(design.services),
    externals: byId(design.externals),
    requests: byId(design.requests),
    feeds: byId(design.feeds),
    notes: byId(design.notes),
  };
  indexes.set(design, index);
  return index;
}

type ById<T> = ReadonlyMap<string, T>;

const maps = new WeakMap<object, ById<unknown>>();
const operatorMaps = new WeakMap<readonly Service[], ById<PlacedOperator>>();
const wireMaps = new WeakMap<readonly Service[], ById<PlacedWire>>();

function byId<T extends { readonly id: string }>(things: readonly T[]): ById<T> {
  const make = () => new Map(things.map((thing) => [thing.id, thing]));
  return once(maps, things, make) as ById<T>;
}

function placedOperators(services: readonly Service[]): ById<PlacedOperator> {
  return once(operatorMaps, services, () => {
    const placed = services.flatMap((service) =>
      service.operators.map((operator) => ({ operator, service })),
    );
    return new Map(placed.map((each) => [each.operator.id, each]));
  });
}

function placedWires(services: readonly Service[]): ById<PlacedWire> {
  return once(wireMaps, services, () => {
    const placed = services.flatMap((service) => service.wires.map((wire) => ({ wire, service })));
    return new Map(placed.map((each) => [each.wire.id, each]));
  });
}

function once<L extends object, M>(known: WeakMap<L, M>, list: L, make: () => M): M {
  const found = known.get(list);
  if (found) return found;
  const made = make();
  known.set(list, made);
  return made;
}
