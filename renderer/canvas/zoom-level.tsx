import { useReactFlow } from '@xyflow/react';
import { type RefObject, useCallback, useEffect } from 'react';
import type { ZoomLevel } from '../store/view-state.ts';
import { useWindow } from '../store/window-context.tsx';
import { useUpscale } from './use-upscale.ts';

/** Follows the zoom: what is drawn at all, and how much larger than drawn its words are. */
export function useZoomLevel(surface: RefObject<HTMLElement | null>): (zoom: number) => void {
  const { view } = useWindow();
  const upscale = useUpscale(surface);
  return useCallback(
    (zoom) => {
      view.setZoomLevel(levelOf(zoom));
      upscale(zoom);
    },
    [view, upscale],
  );
}

/** Sets the level of detail that belongs to the first view, which no movement announces. */
export function FirstFit({ onZoom }: { readonly onZoom: (zoom: number) => void }) {
  const flow = useReactFlow();
  useEffect(() => {
    const timer = setTimeout(() => onZoom(flow.getZoom()), 60);
    return () => clearTimeout(timer);
  }, [flow, onZoom]);
  return null;
}

function levelOf(zoom: number): ZoomLevel {
  if (zoom < 0.33) {
    return 'far';
  }
  return zoom < 0.7 ? 'middle' : 'near';
}
