import { useReactFlow } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { PaletteItem } from '../store/palette-item.ts';
import type { CanvasWish } from '../store/view-state.ts';
import { useWindow, useWindowState } from '../store/window-context.tsx';
import { motionMs } from '../ui/motion.ts';
import type { SceneEdge, SceneNode } from './scene-types.ts';
import type { KeepFit } from './use-keep-fit.ts';

export interface WishHandlers {
  readonly arrange: () => void;
  readonly rename: () => void;
  readonly remove: () => void;
  readonly duplicate: () => void;
  readonly selectAll: () => void;
  readonly add: (item: PaletteItem) => void;
}

/** Does what other parts of the window ask of the canvas, and brings into view what they point to. */
export function useCanvasWishes(handlers: WishHandlers, { fitAll, leave }: KeepFit): void {
  const { view } = useWindow();
  const flow = useReactFlow<SceneNode, SceneEdge>();
  const wish = useWindowState((state) => state.view.canvasWish);
  const reveal = useWindowState((state) => state.view.reveal);
  const latest = useRef(handlers);
  latest.current = handlers;
  const done = useRef(wish?.turn ?? 0);

  useEffect(() => {
    if (wish === null || wish.turn === done.current) {
      return;
    }
    done.current = wish.turn;
    const act = (what: CanvasWish) => {
      switch (what.do) {
        case 'fit':
          return fitAll();
        case 'zoomIn':
          leave();
          return void flow.zoomIn({ duration: motionMs(120) });
        case 'zoomOut':
          leave();
          return void flow.zoomOut({ duration: motionMs(120) });
        case 'add':
          return latest.current.add(what.item);
        default:
          return latest.current[what.do]();
      }
    };
    act(wish.wish);
  }, [wish, flow, fitAll, leave]);

  const revealed = useRef(reveal?.turn ?? 0);
  useEffect(() => {
    if (reveal === null || reveal.turn === revealed.current) {
      return;
    }
    revealed.current = reveal.turn;
    const node = flow.getInternalNode(reveal.id);
    if (node === undefined) {
      return;
    }
    const { x, y } = node.internals.positionAbsolute;
    const middle = { x: x + (node.width ?? 0) / 2, y: y + (node.height ?? 0) / 2 };
    leave();
    const zoom = Math.max(0.85, flow.getZoom());
    void flow.setCenter(middle.x, middle.y, { zoom, duration: motionMs(180) });
    view.select([reveal.id]);
  }, [reveal, flow, view, leave]);
}
