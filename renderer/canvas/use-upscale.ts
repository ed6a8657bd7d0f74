import { type RefObject, useCallback, useRef } from 'react';

/**
 * Four steps from one zoom to its double: a movement of the pointer does not restyle the drawing each frame.
 */
const stepsPerDouble = 4;
const most = 6;

/** How much larger than drawn a text must be to be read at a zoom; 1 where the drawing is near enough. */
export function upscaleOf(zoom: number): number {
  const step = Math.floor(Math.log2(zoom) * stepsPerDouble) / stepsPerDouble;
  return Math.min(most, Math.max(1, 2 ** -step));
}

/** Tells the styles of the drawing, as `--upscale`, how much names and figures must grow to stay readable. */
export function useUpscale(surface: RefObject<HTMLElement | null>): (zoom: number) => void {
  const shown = useRef(0);
  return useCallback(
    (zoom) => {
      const next = upscaleOf(zoom);
      if (next !== shown.current) {
        shown.current = next;
        surface.current?.style.setProperty('--upscale', next.toFixed(3));
      }
    },
    [surface],
  );
}
