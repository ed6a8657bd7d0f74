import type { Design, Service } from '#shared/design/design.ts';
import { operatorSize, type Place, type Size, serviceHeadHeight, servicePadding } from './node-size.ts';
import type { Boxes } from './scene.ts';

type Rect = Place & Size;

const gap = 24;
const first: Place = { x: servicePadding, y: serviceHeadHeight + servicePadding };
const chip: Size = { width: 192, height: 44 };
const rowStep = 68;

/** Where a new operator fits best in its service: by what it does, and never on top of another. */
export function freePlaceIn(
  service: Service,
  boxes: Boxes,
  where: 'source' | 'before' | 'after' | 'afterNext' | 'last',
  beside?: string,
): Place {
  const inside = service.operators.map((operator) => ({
    id: operator.id,
    ...(boxes[operator.id] ?? first),
    ...operatorSize(operator),
  }));
  const neighbour = inside.find((rect) => rect.id === beside);
  const bottom = Math.max(first.y - rowStep, ...inside.map((rect) => rect.y));
  const wished = {
    source: first,
    before: { x: neighbour?.x ?? first.x, y: (neighbour?.y ?? first.y) - rowStep },
    after: { x: neighbour?.x ?? first.x, y: (neighbour?.y ?? first.y) + rowStep },
    afterNext: { x: neighbour?.x ?? first.x, y: (neighbour?.y ?? first.y) + 2 * rowStep },
    last: { x: first.x, y: bottom + rowStep },
  }[where];
  const start = { x: Math.max(first.x, wished.x), y: Math.max(first.y, wished.y) };
  return where === 'last' ? start : besideOthers(start, inside);
}

/** Whether a chip put here would cover another one of the service. */
export function standsOnOther(service: Service, boxes: Boxes, rect: Rect): boolean {
  return service.operators.some((operator) => {
    const place = boxes[operator.id];
    return place !== undefined && overlaps(rect, { ...place, ...operatorSize(operator) });
  });
}

/** The place itself, or the next one to the right that nothing stands on. */
function besideOthers(place: Place, taken: readonly Rect[]): Place {
  const rect = { ...place, ...chip };
  const hit = taken.find((other) => overlaps(rect, other));
  return hit === undefined ? place : besideOthers({ x: hit.x + hit.width + gap, y: place.y }, taken);
}

function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Places for things that a design has no place for, below all that has one. */
export function placeRest(design: Design, boxes: Boxes): Boxes {
  const things = [design.services, design.topics, design.externals, design.notes].flat();
  const lost = things.filter(({ id }) => boxes[id] === undefined);
  if (lost.length === 0) {
    return boxes;
  }
  const placed = things.flatMap(({ id }) => boxes[id] ?? []);
  const bottom = Math.max(0, ...placed.map((box) => box.y + (box.height ?? 160)));
  const left = Math.min(0, ...placed.map((box) => box.x));
  const added = lost.map(({ id }, index) => [id, { x: left + index * 260, y: bottom + 64 }] as const);
  return { ...boxes, ...Object.fromEntries(added) };
}
