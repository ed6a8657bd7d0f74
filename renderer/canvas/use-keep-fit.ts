import { useReactFlow, useStore } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { motionMs } from '../ui/motion.ts';

export const firstFit = { padding: 0.06, maxZoom: 1.1 } as const;

export interface KeepFit {
  /** Brings the whole drawing into view, and keeps it there while panels open, fold and move. */
  readonly fitAll: () => void;
  /** From here on the view is where a person put it. */
  readonly leave: () => void;
}

/** A drawing that was fitted into its space stays fitted when the space changes, until one moves in it. */
export function useKeepFit(startsFull: boolean): KeepFit {
  const flow = useReactFlow();
  const fitted = useRef(startsFull);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const show = useCallback((duration: number) => void flow.fitView({ ...firstFit, duration }), [flow]);
  useEffect(() => {
    if (fitted.current && width > 0 && height > 0) {
      show(0);
    }
  }, [show, width, height]);
  return useMemo(
    () => ({
      fitAll: () => {
        fitted.current = true;
        show(motionMs(180));
      },
      leave: () => {
        fitted.current = false;
      },
    }),
    [show],
  );
}
