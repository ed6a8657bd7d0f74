import { NodeResizeControl, ResizeControlVariant } from '@xyflow/react';
import { useCanvasControl } from '../canvas-state.tsx';
import type { Size } from '../node-size.ts';
import css from './resize-borders.module.css';

interface ResizeBordersProps {
  readonly id: string;
  /** Smaller than what stands in it a box cannot be. */
  readonly least: Size;
}

/** The right and the lower border of a box, and the corner between: drag one to give the box another size. */
export function ResizeBorders({ id, least }: ResizeBordersProps) {
  const { resize } = useCanvasControl();
  const shared = {
    minWidth: least.width,
    minHeight: least.height,
    onResizeEnd: (_event: unknown, { width, height }: Size) => resize(id, { width, height }),
  };
  return (
    <>
      <NodeResizeControl
        {...shared}
        position="right"
        variant={ResizeControlVariant.Line}
        className={css.right ?? ''}
      />
      <NodeResizeControl
        {...shared}
        position="bottom"
        variant={ResizeControlVariant.Line}
        className={css.bottom ?? ''}
      />
      <NodeResizeControl {...shared} position="bottom-right" autoScale={false} className={css.corner ?? ''} />
    </>
  );
}
