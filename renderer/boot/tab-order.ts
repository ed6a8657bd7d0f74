import { useEffect } from 'react';

/**
 * The parts of the frame in the order in which one reads them. In the page the bottom panel stands before the
 * properties, because it is as wide as the drawing; Tab goes on in this order all the same.
 */
const parts = [
  'rail',
  'side',
  'line-side-middle',
  'drawing',
  'line-middle-properties',
  'properties',
  'line-drawing-bottom',
  'bottom',
  'status',
] as const;
type Part = (typeof parts)[number];

/** Tab at the border of a part goes on to the next; Escape in a panel goes back to the drawing. */
export function useTabOrder(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { activeElement: active } = document;
      const part = active === null ? null : partOf(active);
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || part === null) {
        return;
      }
      const next = event.key === 'Tab' ? tabTarget(part, active, event.shiftKey) : null;
      const back =
        event.key === 'Escape' && part !== 'drawing' && !isSearching(active) ? placeInDrawing() : null;
      const target = next ?? back;
      if (target !== null) {
        event.preventDefault();
        target.focus();
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** Goes to the next part, or with -1 to the one before, and round; lines between parts are left out. */
export function focusNextPart(step: 1 | -1): void {
  const open = parts.filter((part) => !part.startsWith('line-') && stopsIn(part).length > 0);
  const here = document.activeElement === null ? null : partOf(document.activeElement);
  const at = here === null ? -1 : open.indexOf(here);
  const next = open[(Math.max(at, step === 1 ? -1 : 0) + step + open.length) % open.length];
  const target = next === 'drawing' ? placeInDrawing() : next === undefined ? null : stopsIn(next)[0];
  target?.focus();
}

function tabTarget(part: Part, active: Element | null, backwards: boolean): HTMLElement | null {
  const stops = stopsIn(part);
  const border = backwards ? stops[0] : stops.at(-1);
  if (border === undefined || border !== active) {
    return null;
  }
  const rest = backwards
    ? parts.slice(0, parts.indexOf(part)).toReversed()
    : parts.slice(parts.indexOf(part) + 1);
  const next = rest.map(stopsIn).find((others) => others.length > 0);
  return (backwards ? next?.at(-1) : next?.[0]) ?? null;
}

/** What is selected in the drawing, or the first thing of it. */
function placeInDrawing(): HTMLElement | null {
  const drawing = document.querySelector('[data-part="drawing"]');
  return (
    drawing?.querySelector<HTMLElement>('.react-flow__node.selected') ??
    drawing?.querySelector<HTMLElement>('.react-flow__node') ??
    null
  );
}

function partOf(element: Element): Part | null {
  const name = element.closest<HTMLElement>('[data-part]')?.dataset.part;
  return parts.find((part) => part === name) ?? null;
}

const focusable = 'a[href], button, input, select, textarea, summary, [tabindex]';

function stopsIn(part: Part): readonly HTMLElement[] {
  const root = document.querySelector<HTMLElement>(`[data-part="${part}"]`);
  if (root === null) {
    return [];
  }
  const inside = [root, ...root.querySelectorAll<HTMLElement>(focusable)];
  return inside.filter(
    (element) =>
      element.matches(focusable) && element.tabIndex >= 0 && !element.matches(':disabled') && isSeen(element),
  );
}

function isSeen(element: HTMLElement): boolean {
  return element.checkVisibility({ visibilityProperty: true });
}

/** Escape empties a search first. */
function isSearching(element: Element | null): boolean {
  return element instanceof HTMLInputElement && element.type === 'search' && element.value !== '';
}
