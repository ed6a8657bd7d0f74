import type { ReactNode } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import css from './split.module.css';

export interface SplitPane {
  readonly id: string;
  /** Pixels, for a pane that keeps its size; `null` takes what is left. */
  readonly size: number | null;
  readonly min?: number;
  readonly max?: number;
  readonly onResize?: (pixels: number) => void;
  readonly children: ReactNode;
}

interface SplitProps {
  readonly direction: 'horizontal' | 'vertical';
  readonly panes: readonly SplitPane[];
}

/** Panes side by side with a hairline between them that can be dragged, or moved with the arrow keys. */
export function Split({ direction, panes }: SplitProps) {
  return (
    <Group orientation={direction} className={css.split}>
      {panes.flatMap((pane, index) => [
        index === 0 ? null : (
          <Separator
            key={`line-${panes[index - 1]?.id}-${pane.id}`}
            data-part={`line-${panes[index - 1]?.id}-${pane.id}`}
            className={direction === 'horizontal' ? css.column : css.row}
          />
        ),
        <Panel
          key={pane.id}
          id={pane.id}
          minSize={pane.min ?? 120}
          {...(pane.max === undefined ? {} : { maxSize: pane.max })}
          {...(pane.size === null ? {} : { defaultSize: pane.size })}
          groupResizeBehavior={pane.size === null ? 'preserve-relative-size' : 'preserve-pixel-size'}
          onResize={(size) => pane.onResize?.(Math.round(size.inPixels))}
          className={css.pane}
        >
          {pane.children}
        </Panel>,
      ])}
    </Group>
  );
}
