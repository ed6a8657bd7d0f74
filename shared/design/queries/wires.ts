import type { Design, Wire } from '../design.ts';

interface WireEnds {
  readonly into: ReadonlyMap<string, readonly Wire[]>;
  readonly from: ReadonlyMap<string, readonly Wire[]>;
}

/** The wires that arrive at an operator, or at one of its ports, in the order they were drawn. */
export function wiresInto(design: Design, operator: string, port?: string): readonly Wire[] {
  const wires = wireEnds(design).into.get(operator) ?? [];
  return port === undefined ? wires : wires.filter((wire) => wire.to.port === port);
}

/** The wires that leave an operator, or one of its ports, in the order they were drawn. */
export function wiresFrom(design: Design, operator: string, port?: string): readonly Wire[] {
  const wires = wireEnds(design).from.get(operator) ?? [];
  return port === undefined ? wires : wires.filter((wire) => wire.from.port === port);
}

const ends = new WeakMap<Design, WireEnds>();

function wireEnds(design: Design): WireEnds {
  const known = ends.get(design);
  if (known) return known;
  const wires = design.services.flatMap((service) => service.wires);
  const found = {
    into: Map.groupBy(wires, (wire) => wire.to.operator),
    from: Map.groupBy(wires, (wire) => wire.from.operator),
  };
  ends.set(design, found);
  return found;
}
