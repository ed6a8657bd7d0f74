import {
  BaseEdge,
  EdgeLabelRenderer,
  type EdgeProps,
  getBezierPath,
  getSmoothStepPath,
  Position,
} from '@xyflow/react';
import { memo } from 'react';
import { useLiveFigure } from '../store/window-context.tsx';
import { formatRate } from '../strings/counts.ts';
import { classNames } from '../ui/class-names.ts';
import css from './flow-edge.module.css';
import type { FlowKind, SceneEdge } from './scene-types.ts';

/** A line of the drawing: a stream solid, a table double, a global table thick double, a request dashed. */
export const FlowEdge = memo(function FlowEdge({ id, data, selected, ...ends }: EdgeProps<SceneEdge>) {
  const flow = data?.flow ?? 'stream';
  const [path, labelX, labelY] = edgePath(ends);
  const figure = useLiveFigure(data?.liveId ?? id);
  const rate = figure?.staleSince === null ? (figure.rate ?? 0) : 0;
  const label = data?.label ?? null;
  return (
    <g className={classNames(css.edge, css[flow], selected === true && css.selected)}>
      {isDouble(flow) ? <path d={path} className={css.rail} style={{ strokeWidth: rail(flow) }} /> : null}
      <BaseEdge
        id={id}
        path={path}
        interactionWidth={14}
        className={css.line ?? ''}
        style={{ strokeWidth: isDouble(flow) ? rail(flow) - 2.6 : thickness(rate) }}
        {...(isDouble(flow) ? {} : { markerEnd: `url(#arrow-${selected === true ? 'selected' : 'plain'})` })}
      />
      {isDouble(flow) ? (
        <path
          d={path}
          className={css.tip}
          markerEnd={`url(#arrow-${selected === true ? 'selected' : 'plain'})`}
        />
      ) : null}
      {rate > 0 ? <Moving path={path} rate={rate} /> : null}
      {label === null && rate === 0 ? null : (
        <EdgeLabelRenderer>
          <span
            className={css.label}
            style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}
          >
            {label}
            {rate > 0 ? <span className={css.rate}>{formatRate(rate)}</span> : null}
          </span>
        </EdgeLabelRenderer>
      )}
    </g>
  );
});

type Ends = Pick<
  EdgeProps,
  'sourceX' | 'sourceY' | 'targetX' | 'targetY' | 'sourcePosition' | 'targetPosition'
>;

/** Forward lines are curves; a line that runs back leaves and arrives square, so that it reads as a return. */
function edgePath(ends: Ends): [string, number, number] {
  const { sourceX, sourceY, targetX, targetY } = ends;
  if (targetX >= sourceX + 24) {
    const [path, x, y] = getBezierPath({
      sourceX,
      sourceY,
      targetX: targetX - tipLength,
      targetY,
      sourcePosition: Position.Right,
      targetPosition: Position.Left,
      curvature: 0.32,
    });
    return [path, x, y];
  }
  const [path, x, y] = getSmoothStepPath({
    sourceX,
    sourceY,
    targetX: targetX - tipLength,
    targetY,
    sourcePosition: Position.Right,
    targetPosition: Position.Left,
    borderRadius: 14,
    offset: 22,
  });
  return [path, x, y];
}

const tipLength = 3;

function isDouble(flow: FlowKind): boolean {
  return flow === 'table' || flow === 'globalTable';
}

/** The whole width of a double line; its middle is left open. */
function rail(flow: FlowKind): number {
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
