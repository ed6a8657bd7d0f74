import {
  BaseEdge,
  EdgeLabelRenderer,
  type EdgeProps,
  getBezierPath,
  getSmoothStepPath,
  Position,
  useStore,
} from '@xyflow/react';
import { memo } from 'react';
import { useStore as useCanvasStore } from 'zustand';
import { useLiveFigure } from '../store/window-context.tsx';
import { formatRate } from '../strings/counts.ts';
import { classNames } from '../ui/class-names.ts';
import { useCanvasControl } from './canvas-state.tsx';
import css from './flow-edge.module.css';
import type { EdgeMeaning, FlowKind, SceneEdge } from './scene-types.ts';

/** A line of the drawing: a stream solid, a table double, a global table thick double, a request dashed. */
export const FlowEdge = memo(function FlowEdge({
  id,
  source,
  target,
  data,
  selected,
  ...ends
}: EdgeProps<SceneEdge>) {
  const flow = data?.flow ?? 'stream';
  const inner = data?.meaning.is === 'wire';
  const entersService = data?.meaning.is === 'reads';
  const leftWall = useWall(inner ? null : target, 'left');
  const rightWall = useWall(inner ? null : source, 'right');
  const [path, labelX, labelY] = edgePath({
    ...ends,
    sourceX: rightWall ?? ends.sourceX,
    targetX: leftWall ?? ends.targetX,
    hasTip: !entersService,
  });
  const figure = useLiveFigure(data?.liveId ?? id);
  const rate = figure?.staleSince === null ? (figure.rate ?? 0) : 0;
  const label = data?.label ?? null;
  const isTarget = useDropTarget(data?.meaning);
  // What is asked stands above its line: the line may be shorter than the words.
  const lift = flow === 'request' ? '-112%' : '-50%';
  const arrow = entersService ? {} : { markerEnd: `url(#arrow-${selected === true ? 'selected' : 'plain'})` };
  return (
    <g className={classNames(css.edge, css[flow], (selected === true || isTarget) && css.selected)}>
      {isDouble(flow) ? <path d={path} className={css.rail} style={{ strokeWidth: rail(flow) }} /> : null}
      <BaseEdge
        id={id}
        path={path}
        interactionWidth={14}
        className={classNames(css.line, inner && css.onService)}
        style={{ strokeWidth: isDouble(flow) ? rail(flow) - 2.6 : thickness(rate) }}
        {...(isDouble(flow) ? {} : arrow)}
      />
      {isDouble(flow) ? <path d={path} className={css.tip} {...arrow} /> : null}
      {rate > 0 ? <Moving path={path} rate={rate} /> : null}
      {label === null && rate === 0 ? null : (
        <EdgeLabelRenderer>
          <span
            className={classNames(css.label, flow === 'request' && css.said)}
            style={{ transform: `translate(-50%, ${lift}) translate(${labelX}px, ${labelY}px)` }}
          >
            {label}
            {rate > 0 ? <span className={css.rate}>{formatRate(rate)}</span> : null}
          </span>
        </EdgeLabelRenderer>
      )}
    </g>
  );
});

/** Whether an operator that is being dragged would be put into this line. */
function useDropTarget(meaning: EdgeMeaning | undefined): boolean {
  const wire = meaning?.is === 'wire' ? meaning.wire : undefined;
  return useCanvasStore(useCanvasControl().store, ({ dropOnto }) => dropOnto !== null && dropOnto === wire);
}

/** Where the wall of the service is that a node stands in; null when it stands in none. */
function useWall(node: string | null, side: 'left' | 'right'): number | null {
  return useStore((flow) => {
    const parent = flow.nodeLookup.get(flow.nodeLookup.get(node ?? '')?.parentId ?? '');
    if (parent === undefined) {
      return null;
    }
    const { x } = parent.internals.positionAbsolute;
    return side === 'left' ? x : x + (parent.width ?? 0);
  });
}

type Ends = Pick<
  EdgeProps,
  'sourceX' | 'sourceY' | 'targetX' | 'targetY' | 'sourcePosition' | 'targetPosition'
> & { readonly hasTip: boolean };

/**
 * A line that goes on is a curve; one that runs back leaves and arrives square, so that it reads as a return.
 */
function edgePath({ hasTip, ...ends }: Ends): [string, number, number] {
  const down = ends.sourcePosition === Position.Bottom && ends.targetPosition === Position.Top;
  const goesOn = down
    ? ends.targetY >= ends.sourceY + 8
    : ends.targetX >= ends.sourceX + 16 || ends.sourcePosition === Position.Bottom;
  const tip = hasTip ? tipOf(ends.targetPosition) : { x: 0, y: 0 };
  const line = { ...ends, targetX: ends.targetX - tip.x, targetY: ends.targetY - tip.y };
  if (down && goesOn) {
    // Across only in the gap above the target: on its way down the line would run behind other operators.
    const centerY = line.targetY - Math.min(9, (line.targetY - line.sourceY) / 2);
    const [path, x, y] = getSmoothStepPath({ ...line, borderRadius: 8, centerY });
    return [path, x, y];
  }
  const [path, x, y] = goesOn
    ? getBezierPath({ ...line, curvature: 0.3 })
    : getSmoothStepPath({ ...line, borderRadius: 14, offset: 22 });
  return [path, x, y];
}

const tipLength = 3;

function tipOf(side: Position): { readonly x: number; readonly y: number } {
  return side === Position.Top ? { x: 0, y: tipLength } : { x: tipLength, y: 0 };
}

export function isDouble(flow: FlowKind): boolean {
  return flow === 'table' || flow === 'globalTable';
}

/** The whole width of a double line; its middle is left open. */
export function rail(flow: FlowKind): number {
  return flow === 'globalTable' ? 6.4 : 4.4;
}

/** Throughput in steps, not in proportion: each step is ten times the last. */
function thickness(rate: number): number {
  if (rate <= 0) {
    return 1.4;
  }
  return Math.min(5, 1.6 + Math.max(0, Math.floor(Math.log10(rate * 10))) * 0.7);
}

/** Records as dots only while one could count them; beyond that a texture that moves. */
function Moving({ path, rate }: { readonly path: string; readonly rate: number }) {
  return <path d={path} className={rate <= 30 ? css.dots : css.texture} />;
}

/** The arrowheads that all edges share. */
export function EdgeMarkers() {
  return (
    <svg className={css.markers} aria-hidden="true">
      <defs>
        {(['plain', 'selected'] as const).map((look) => (
          <marker
            key={look}
            id={`arrow-${look}`}
            viewBox="0 0 10 10"
            refX="6"
            refY="5"
            markerWidth="11"
            markerHeight="11"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M1,1.2 L9,5 L1,8.8 Z" className={css[`${look}Arrow`]} />
          </marker>
        ))}
      </defs>
    </svg>
  );
}
