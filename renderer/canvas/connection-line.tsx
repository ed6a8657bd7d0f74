import { type ConnectionLineComponentProps, getBezierPath } from '@xyflow/react';
import { useStore } from 'zustand';
import { classNames } from '../ui/class-names.ts';
import { useCanvasControl } from './canvas-state.tsx';
import css from './connection-line.module.css';

/** The line under the pointer, and beside it what it would do there, or why it may not end there. */
export function ConnectionLine(props: ConnectionLineComponentProps) {
  const { fromX, fromY, toX, toY, fromPosition, toPosition } = props;
  const { store } = useCanvasControl();
  const verdict = useStore(store, ({ over, from, verdicts }) =>
    over === null || over === from ? undefined : verdicts?.get(over),
  );
  const [path] = getBezierPath({
    sourceX: fromX,
    sourceY: fromY,
    targetX: toX,
    targetY: toY,
    sourcePosition: fromPosition,
    targetPosition: toPosition,
  });
  return (
    <g>
      <path d={path} className={classNames(css.line, verdict?.fits === false && css.refused)} />
      <circle cx={toX} cy={toY} r={3.5} className={css.tip} />
      {verdict === undefined ? null : (
        <foreignObject x={toX + 14} y={toY + 10} width={300} height={64}>
          <span className={classNames(css.words, !verdict.fits && css.no)} role="status">
            {verdict.words}
          </span>
        </foreignObject>
      )}
    </g>
  );
}
