import type { Place } from './node-size.ts';

/** Where the pointer of an event is in the window; null for an event without one. */
export function clientPlace(event: unknown): Place | null {
  if (event instanceof MouseEvent) {
    return { x: event.clientX, y: event.clientY };
  }
  const touch =
    typeof TouchEvent !== 'undefined' && event instanceof TouchEvent ? event.touches[0] : undefined;
  return touch === undefined ? null : { x: touch.clientX, y: touch.clientY };
}

export function serviceAt({ x, y }: Place): string | null {
  return idAt({ x, y }, '.react-flow__node-service');
}

const wirePrefix = 'wire:';

/** The wire within a service that is under the pointer, also under what is being dragged. */
export function wireAt(at: Place): string | null {
  const edge = idAt(at, `.react-flow__edge[data-id^="${wirePrefix}"]`);
  return edge === null ? null : edge.slice(wirePrefix.length);
}

function idAt({ x, y }: Place, selector: string): string | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const found = element.closest(selector);
    if (found !== null) {
      return found.getAttribute('data-id');
    }
  }
  return null;
}
